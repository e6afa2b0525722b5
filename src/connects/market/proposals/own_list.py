"""An account's own proposals in tabs, with counts and a search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from connects.market.external_ids import called
from connects.market.jobs.models import JobStatus
from connects.market.pages import Page, page_of
from connects.market.people.models import Account
from connects.market.proposals.models import (
    HeldProposal,
    HoldEnd,
    Proposal,
    ProposalStatus,
)
from connects.market.proposals.pipeline import with_hires
from connects.market.proposals.statement import Outcome, outcome_of, sums_of
from connects.wording.messages import mark

SUMMED_MOST = 300
"""What may still come back is added up over no more open proposals than these."""


_DECIDED_STATES = (ProposalStatus.HIRED, ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN)
_DECIDED = Q(status__in=_DECIDED_STATES)
_OPEN = ~_DECIDED & Q(job__status=JobStatus.OPEN)
_OFFERED = Q(status=ProposalStatus.OFFERED)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its name in addresses, its words, and which proposals stand in it."""

    name: str
    words: str
    which: Q
    empty: str


TABS = (
    Tab("", mark("All"), Q(), mark("You have not sent a proposal.")),
    Tab("active", mark("Active"), _OPEN, mark("No proposal of yours waits for a client.")),
    Tab(
        "interviews",
        mark("Interviews"),
        _OPEN & ~_OFFERED & (Q(messaged__isnull=False) | Q(shortlisted__isnull=False)),
        mark("No client has written to you or put you on a short list."),
    ),
    Tab("offers", mark("Offers"), _OPEN & _OFFERED, mark("No offer waits for your answer.")),
    Tab(
        "hired", mark("Hired"), Q(status=ProposalStatus.HIRED), mark("You have not been hired yet.")
    ),
    Tab(
        "over",
        mark("Not chosen"),
        Q(status=ProposalStatus.DECLINED) | (~_DECIDED & ~Q(job__status=JobStatus.OPEN)),
        mark("No proposal of yours was declined or ended without you."),
    ),
    Tab(
        "withdrawn",
        mark("Withdrawn"),
        Q(status=ProposalStatus.WITHDRAWN),
        mark("You have not withdrawn a proposal."),
    ),
)
"""Each proposal stands in `All`; what is answered or offered stands in `Active`, too."""

_COUNTS = {tab.name or "all": Count("pk", filter=tab.which) for tab in TABS}


def tab_named(name: str) -> Tab:
    """The tab of that name; the first one where there is none."""
    return next((tab for tab in TABS if tab.name == name), TABS[0])


def counts_of(account: Account) -> dict[str, int]:
    """How many proposals stand in each tab, by its name, with one query."""
    found = Proposal.objects.filter(account=account).aggregate(**_COUNTS)
    return {tab.name: found[tab.name or "all"] for tab in TABS}


def counts_and_outcome(account: Account, since: datetime) -> tuple[dict[str, int], Outcome]:
    """`counts_of`, and the outcome of what was sent since an instant, with one query for both."""
    sums = {**_COUNTS, **sums_of(Q(submitted__gte=since))}
    found = Proposal.objects.filter(account=account).aggregate(**sums)
    return {tab.name: found[tab.name or "all"] for tab in TABS}, outcome_of(since, found)


def own_page(
    account: Account, tab: Tab, text: str, number: int, known: int | None = None
) -> Page[Proposal]:
    """A page of a tab, newest first; `text` is sought in the job's title and the client's name.

    `known` is how many stand in the tab, where that was counted.
    """
    rows = _rows(account).filter(tab.which)
    if text:
        rows = rows.filter(Q(job__title__icontains=text) | Q(job__client__name__icontains=text))
        known = None
    return page_of(with_hires(rows).order_by("-submitted", "-id"), number, known=known)


def open_ones() -> Q:
    """Which proposals wait for a client."""
    return _OPEN


def open_proposals(account: Account, since: datetime | None = None) -> list[Proposal]:
    """The account's open proposals, up to one more than are added up; with those sent since then."""
    which = tab_named("active").which
    rows = _rows(account).filter(which if since is None else which | Q(submitted__gte=since))
    return list(rows.order_by("-submitted", "-id")[: SUMMED_MOST + 1])


def is_open(row: Proposal) -> bool:
    """Whether a proposal stands in the tab `Active`."""
    return row.job.status == JobStatus.OPEN and row.status not in _DECIDED_STATES


def sent_before(account: Account, tab: str, before: int | None, most: int) -> list[Proposal]:
    """A tab's proposals, newest first: those that were sent before the one of that number.

    `tab` is a tab's name, or `all`.
    """
    rows = _rows(account).filter(tab_named(tab).which)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(with_hires(rows).select_related("for_agency_by").order_by("-pk")[:most])


def own_called(account: Account, name: str) -> Proposal | HeldProposal | None:
    """What an account sent or reserved of that name: the host's own id, or the one in our address."""
    related = ("job", "job__client", "account", "for_agency_by")
    sent = Proposal.objects.filter(account=account).select_related(*related)
    held = HeldProposal.objects.filter(account=account).exclude(end=HoldEnd.SUBMITTED)
    reserved = held.select_related(*related)
    return (
        called(with_hires(sent), [name], "public_id").last()
        or called(reserved, [name], "public_id").last()
    )


def own_with_key(account: Account, key: str) -> Proposal | None:
    """What an account sent with that idempotency key."""
    related = ("job", "job__client", "account", "for_agency_by")
    rows = Proposal.objects.filter(account=account, key=key)
    return with_hires(rows.select_related(*related)).first()


def _rows(account: Account) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(account=account).select_related("job", "job__client")
    return rows.defer("cover_letter", "job__description")
