"""The first page of the console: what needs someone, and the week against the one before."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponseBase

from connects.bootstrap.clock import now as clock_now
from connects.console.needs import needs_of
from connects.console.pages import counts_of, for_staff, staff_page
from connects.console.tables.columns import cell_of
from connects.console.tables.links import permitted
from connects.console.tables.people import AUDIT_TABLE
from connects.console.week import DAYS, week_of
from connects.market.books.selectors import figures_before
from connects.market.desk.rollout_effects import effects_of
from connects.market.jobs.estimate_coverage import estimate_coverage
from connects.market.listing.listings import first_rows
from connects.market.members.editions import book_of
from connects.market.people.models import User
from connects.market.people.permissions import Act, may
from connects.market.rollout.progress import progress_of
from connects.market.rollout.selectors import running_rollout

ACTS_SHOWN = 6


@for_staff(Act.USE_CONSOLE)
def home(request: HttpRequest, staff: User) -> HttpResponseBase:
    """What waits, by what the member of staff may do."""
    now = clock_now()
    counts = counts_of(request, staff)
    needs = needs_of({**counts, **_drifted(staff)})
    days = figures_before(now.date(), 2 * DAYS)
    context = {
        "now": now,
        "needs": needs,
        "waiting": sum(need.number for need in needs),
        "week": week_of(days, with_money=may(staff, Act.READ_BOOKS)),
        "rollout": _running(now) if counts.get("rollouts") else None,
        "acts": _latest_acts(staff) if may(staff, Act.READ_AUDIT) else [],
    }
    return staff_page(request, staff, "console/home.html", context)


def _drifted(staff: User) -> dict[str, int]:
    """How many jobs were estimated, and how many of them well, where that is an alarm for this reader."""
    found = estimate_coverage() if may(staff, Act.READ_MARKET) else None
    if found is None or not found.has_drifted:
        return {}
    return {"estimates_drifted": found.posts, "estimates_held": found.held}


def _running(now: datetime) -> dict[str, object] | None:
    """The newest rollout under which accounts are still to move: how many have, and who is next."""
    found = running_rollout()
    if found is None:
        return None
    progress = progress_of(found)
    return {
        "row": found,
        "title": book_of(found.after).title,
        "moved": sum(cohort.moved for cohort in progress),
        "accounts": sum(cohort.accounts for cohort in progress),
        "cohorts": len(progress),
        "next": next((cohort for cohort in progress if cohort.ahead), None),
        "effects": effects_of(found, progress, now),
    }


def _latest_acts(staff: User) -> list[dict[str, object]]:
    rows = first_rows(AUDIT_TABLE.listing, ACTS_SHOWN)
    columns = {column.name: column for column in AUDIT_TABLE.columns}
    follow = partial(permitted, staff)
    return [
        {name: cell_of(column, row, follow) for name, column in columns.items()}
        for row in AUDIT_TABLE.dress(rows)
    ]
