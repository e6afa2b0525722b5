"""A month's statement on paper: what its proposals came to, and every line of its history."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from connects.ledger.entries import Entry
from connects.market.jobs.models import Job
from connects.market.members.past import MonthLines, lines_of_month
from connects.market.proposals.selectors import jobs_by_reference
from connects.market.proposals.statement import monthly_statement
from connects.policy.worth import worth
from connects.statements.history_words import ENTRY_KINDS
from connects.vocabulary.moments import add_months
from connects.web.pdf import Lines, table_pdf
from connects.web.viewer import Viewer
from connects.wording import dates
from connects.wording.figures import number, signed
from connects.wording.messages import gettext as _

LINES_MOST = 500
"""More would take its reader's time, and the site's; the history's CSV has them all."""

_WIDTHS = (34, 28, 66, 20, 22)


def statement_pdf(viewer: Viewer, month: datetime) -> bytes:
    """The statement of the month that begins at that instant."""
    held = lines_of_month(viewer.account, month, add_months(month, 1))
    return table_pdf(
        _("Statement for {month}", month=dates.month(month)),
        (
            viewer.account.name,
            _("The proposals sent in this month, as they stand now."),
            *_left_out(held),
        ),
        tuple(_sums(viewer, month)),
        whole_at=f"{settings.ADDRESS}{reverse('statement')}?month={month:%Y-%m}",
        lines=_lines(held, month),
    )


def _sums(viewer: Viewer, month: datetime) -> list[tuple[str, str]]:
    told = monthly_statement(viewer.account, month)
    money = worth(viewer.book, told.kept)
    worth_today = (_("Worth, at today’s price of a Connect"), str(money))
    return [
        (_("Proposals"), number(told.proposals)),
        (_("Connects spent"), number(told.spent)),
        (_("Connects that came back"), number(told.came_back)),
        (_("What it cost, in Connects"), number(told.kept)),
        # Some rules sell none.
        *([] if money is None else [worth_today]),
        (_("Opened by clients"), number(told.opened)),
        (_("Answered"), number(told.interviews)),
        (_("Hired"), number(told.hires)),
        (
            _("Connects for a hire"),
            _("no hire") if told.a_hire_cost is None else number(told.a_hire_cost),
        ),
    ]


def _left_out(held: MonthLines) -> list[str]:
    if len(held.entries) <= LINES_MOST:
        return []
    return [
        _(
            "Below are the first {most} of {n} lines. The history’s CSV has all of them.",
            most=number(LINES_MOST),
            n=number(len(held.entries)),
        )
    ]


def _lines(held: MonthLines, month: datetime) -> Lines:
    shown = held.entries[:LINES_MOST]
    jobs = jobs_by_reference({entry.reference for entry in shown})
    return Lines(
        _WIDTHS,
        heads=(_("When (UTC)"), _("What"), _("Job"), _("Connects"), _("Balance")),
        rows=(
            (_instant(month), _("Balance before"), "", "", number(held.before)),
            *(_line(entry, jobs.get(entry.reference)) for entry in shown),
            ("", _("The whole month"), "", signed(held.after - held.before), number(held.after)),
        ),
        numbers=2,
    )


def _line(entry: Entry, job: Job | None) -> tuple[str, ...]:
    title = "" if job is None else job.title
    what = ENTRY_KINDS[entry.kind]
    return (
        _instant(entry.effective),
        what,
        title,
        signed(entry.credits),
        number(entry.balance),
    )


def _instant(moment: datetime) -> str:
    return f"{dates.short_day(moment)}, {dates.clock(moment)}"
