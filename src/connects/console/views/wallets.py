"""An account's history, for support and finance; reading it is logged."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase

from connects.acts.oversight.audit import note_reading
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.console.tables.links import job_link, link_of, permitted
from connects.console.views.accounts import account_frame
from connects.journal.port import Record
from connects.market.members.selectors import membership_of, wallet_history
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.market.people.selectors import account_named
from connects.market.proposals.selectors import jobs_by_reference
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.typed_input import Typed

LINES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history, what it is about in words, and where that leads."""

    record: Record
    about: str
    link: str


@for_staff(Act.READ_WALLETS)
def wallet(request: HttpRequest, staff: User, handle: str) -> HttpResponseBase:
    """One account's balance and its lines, newest first, each with a link to what it is about."""
    found = account_named(handle)
    if found is None or not AccountKind(found.kind).holds_wallet:
        raise Http404
    note_reading(staff, Act.READ_WALLETS, f"account:{found.handle}", clock_now())
    page = wallet_history(found, LINES, Typed(request.GET).row("before"))
    context = {
        **account_frame(request, staff, found),
        "membership": membership_of(found, clock_now()),
        "lines": _with_links(page.records, staff),
        "next_before": page.next_before,
    }
    return staff_page(request, staff, "console/wallet.html", context)


def _with_links(records: tuple[Record, ...], staff: User) -> list[Line]:
    """The lines with links; those of proposals lead to their jobs, with one query for all."""
    jobs = jobs_by_reference({record.entry.reference for record in records})
    return [
        Line(record, job.title, permitted(staff, job_link(job.public_id)))
        if (job := jobs.get(record.entry.reference)) is not None
        else Line(
            record,
            record.entry.reference,
            permitted(staff, link_of(record.entry.reference)),
        )
        for record in records
    ]
