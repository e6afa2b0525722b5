"""What the worker does once a day (UTC): the day's root, the close of months, yesterday's figures and
reconciliation; and once an hour: forgetting what has had its time.

None of it is a source of due work, since it belongs to no past instant: it says what is found now.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from connects.acts.books.close_months import close_what_is_over
from connects.acts.books.count_days import count_days
from connects.acts.books.reconcile import reconcile
from connects.acts.books.reconcile_day import yesterday
from connects.acts.oversight.count_acts import forget_old_counts
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.providers import providers
from connects.due.cleaning import clear_hourly
from connects.due.roots import make_todays_root
from connects.estimate.coverage import PROMISED
from connects.market.books.models import Reconciliation
from connects.market.jobs.estimate_coverage import estimate_coverage

SETTLING = timedelta(hours=6)
"""How long after midnight a provider's list of the day before is taken for complete."""

log = structlog.get_logger()


def do_daily_work() -> None:
    """Do what was not done yet today. Raises ValueError where the key for roots is of no use."""
    now = clock_now()
    make_todays_root()
    close_what_is_over(now)
    count_days(now)
    reconcile_yesterday(now)
    forget_old_counts(now)
    if clear_hourly(now):
        warn_of_drift()


def warn_of_drift() -> None:
    """Say in the log that the model of estimates no longer fits the marketplace, once an hour."""
    found = estimate_coverage()
    if found.has_drifted:
        log.warning(
            "estimates have drifted",
            posts=found.posts,
            held=round(found.share, 3),
            promised=PROMISED,
        )


def reconcile_yesterday(now: datetime) -> None:
    """Hold yesterday against the providers' lists, unless that was done; who cannot be asked is later."""
    day = yesterday(now)
    done = Reconciliation.objects.filter(day=day).count()
    if done == len(providers()) or now - SETTLING < now.replace(hour=0, minute=0, second=0):
        return
    try:
        for report in reconcile(day, now):
            if report.differences:
                log.warning("books differ", provider=report.provider, found=len(report.differences))
    except ConnectionError as problem:
        log.warning("a provider could not be asked for its list", problem=str(problem))
