"""The proposals to a job, as its client lists and sorts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext_lazy

from connects.market.jobs.models import Job
from connects.market.pages import Page, page_of
from connects.market.profiles.client_needs import UNREAD
from connects.market.profiles.persons import Person, persons
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.pipeline import with_hires
from connects.vocabulary.facts import JobKind
from connects.wording.messages import mark

FIRST_LINES_CHARACTERS = 300
SORTS = {
    "": gettext_lazy("First come first"),
    "newest": gettext_lazy("Newest"),
    "price": gettext_lazy("Lowest price"),
    "record": gettext_lazy("Most often hired"),
}
"""How a client may sort proposals, by the name in addresses."""


_GONE = Q(status__in=(ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class ClientTab:
    """One tab over a job's proposals: its name in addresses, its words, and which stand in it."""

    name: str
    words: str
    which: Q


TABS = (
    ClientTab("", mark("All"), Q()),
    ClientTab("unread", mark("Unread"), UNREAD),
    ClientTab("shortlisted", mark("Short list"), Q(shortlisted__isnull=False) & ~_GONE),
    ClientTab(
        "offered",
        mark("Offered and hired"),
        Q(status__in=(ProposalStatus.OFFERED, ProposalStatus.HIRED)),
    ),
    ClientTab("gone", mark("Declined and withdrawn"), _GONE),
)


def tab_named(name: str) -> ClientTab:
    """The tab of that name; the first where there is none."""
    return next((tab for tab in TABS if tab.name == name), TABS[0])


@dataclass(frozen=True, slots=True)
class Numbers:
    """A job's proposals in numbers: how many stand in each tab, were opened, and what they ask for.

    `least` and `most` are in minor units, for the whole work or for an hour as the job pays; None where
    nobody names a price. `free` of them cost their senders nothing.
    """

    tabs: dict[str, int]
    opened: int
    least: int | None
    most: int | None
    free: int


def numbers_of(job: Job) -> Numbers:
    """The numbers of a job's proposals, with one query."""
    counts = {f"in_{tab.name}": Count("pk", filter=tab.which) for tab in TABS}
    price = "hourly_cents" if job.kind == JobKind.HOURLY else "price_cents"
    stands = ~Q(status=ProposalStatus.WITHDRAWN)
    found = Proposal.objects.filter(job=job).aggregate(
        **counts,
        opened_ones=Count("pk", filter=Q(opened__isnull=False)),
        least=Min(price, filter=stands),
        most=Max(price, filter=stands),
        free=Count("pk", filter=Q(paid=0)),
    )
    tabs = {tab.name: found[f"in_{tab.name}"] for tab in TABS}
    return Numbers(tabs, found["opened_ones"], found["least"], found["most"], found["free"])


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal in its client's list: the first lines of its letter, and who sent it."""

    proposal: Proposal
    first_lines: str
    person: Person
    is_unread: bool

    @property
    def is_waiting(self) -> bool:
        """Whether its sender waits for a first word, so that one can be said from the list."""
        return bool(self.proposal.status == ProposalStatus.SUBMITTED)


def listed_for_client(job: Job, sort: str, number: int, tab: str = "") -> Page[Listed]:
    """The proposals to a job that stand in a tab.

    Reading this list opens none of them; their letters stay on their pages. Of one that was withdrawn
    nothing is read any more.
    """
    page = page_of(_sorted(_rows(job).filter(tab_named(tab).which), job, sort), number)
    people = {person.account.pk: person for person in persons(row.account for row in page.items)}
    items = tuple(_listed(row, people[row.account_id]) for row in page.items)
    return Page(items, page.number, page.pages, page.total, page.is_counted_out)


def _rows(job: Job) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(job=job).select_related("account__profile", "job")
    lines = Substr("cover_letter", 1, FIRST_LINES_CHARACTERS + 1)
    return with_hires(rows).defer("cover_letter", "job__description").annotate(first_lines=lines)


def _listed(row: Any, person: Person) -> Listed:
    is_gone = row.status == ProposalStatus.WITHDRAWN
    is_unread = row.opened is None and row.status in (
        ProposalStatus.SUBMITTED,
        ProposalStatus.OFFERED,
    )
    return Listed(row, "" if is_gone else row.first_lines, person, is_unread)


def _sorted(rows: QuerySet[Proposal], job: Job, sort: str) -> QuerySet[Proposal]:
    oldest: tuple[OrderBy | str, ...] = ("submitted", "id")
    if sort == "newest":
        return rows.order_by("-submitted", "-id")
    if sort == "price":
        asked = F("hourly_cents") if job.kind == JobKind.HOURLY else F("price_cents")
        return rows.order_by(asked.asc(nulls_last=True), *oldest)
    if sort == "record":
        hired = Proposal.objects.filter(account=OuterRef("account"), status=ProposalStatus.HIRED)
        counted = hired.order_by().values("account").annotate(times=Count("pk")).values("times")
        rows = rows.annotate(hired_before=Coalesce(Subquery(counted), 0))
        return rows.order_by("-hired_before", *oldest)
    return rows.order_by(*oldest)
