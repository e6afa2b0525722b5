"""Count what is limited, exactly.

The hard case is many acts at one instant. Each is admitted by updating one row, only if that row is not
full. The database makes such updates one after another, so exactly as many are admitted as the limit
allows, and nobody waits longer than for that row. A refused act changes nothing.

An act with several limits (by person and by address) is counted in one transaction, in the order given,
which must be the same everywhere: rows that many share come last and are locked for the least time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from connects.market.limits.models import ActCount
from connects.market.limits.table import Limit
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed

KEPT_AFTER_END = timedelta(hours=1)
CLEARED_AT_ONCE = 10_000

AT_ONCE = timedelta(minutes=1)
"""How far apart acts that come at once may have read the clock, in one process or in several."""

Counted = tuple[Limit, str]
"""A limit, and of whom it is counted here: `person:7`."""


def most_of(limit: Limit) -> int:
    """The limit in force: the operator's number, or the product's."""
    if limit.name in settings.LIMITS:
        return int(settings.LIMITS[limit.name])
    return limit.most * int(getattr(settings, limit.setting)) if limit.setting else limit.most


def count_act(limit: Limit, who: str, now: datetime) -> Refused | None:
    """Count an act, or refuse it, saying how many are allowed and in how many seconds the next one is.

    In a transaction it counts if that commits; alone it is one statement, committed at once.
    """
    ends = _window_end(limit, now)
    if _counted(limit, who, now, ends):
        return None
    # Either it is full, or there was no row yet. One that has ended stands for nothing.
    row = ActCount(limit=limit.name, who=who, count=0, ends=now)
    ActCount.objects.bulk_create([row], ignore_conflicts=True)
    return None if _counted(limit, who, now, ends) else _refusal(limit, who, now)


def count_acts(counted: Sequence[Counted], now: datetime) -> Refused | None:
    """Count an act under each of these limits, or refuse it and count it under none."""
    # Without a savepoint: the usual act then costs two statements and one commit, and no more.
    with transaction.atomic(savepoint=False):
        for place, (limit, who) in enumerate(counted):
            refused = count_act(limit, who, now)
            if refused is not None:
                for other, name in counted[:place]:
                    _take_back(other, name)
                return refused
    return None


def _take_back(limit: Limit, who: str) -> None:
    rows = ActCount.objects.filter(limit=limit.name, who=who, count__gt=0)
    rows.update(count=F("count") - 1)


def forget_old_counts(now: datetime) -> int:
    """Remove a batch of rows whose windows are over; how many there were."""
    old = ActCount.objects.filter(ends__lt=now - KEPT_AFTER_END)
    batch = list(old.order_by("ends").values_list("pk", flat=True)[:CLEARED_AT_ONCE])
    return old.filter(pk__in=batch).delete()[0] if batch else 0


def _window_end(limit: Limit, now: datetime) -> datetime:
    begin = now.replace(second=0, microsecond=0) if limit.by_clock else now
    return begin + limit.within


def _counted(limit: Limit, who: str, now: datetime, ends: datetime) -> bool:
    # A window that ends much later than any could was begun by a clock that has been put back since.
    # One that ends a little later was begun by an act whose instant is after this one's: of acts that
    # come at once, the first to be counted need not have been the first to read the clock.
    is_over = Q(ends__lte=now) | Q(ends__gt=now + limit.within + AT_ONCE)
    rows = ActCount.objects.filter(is_over | Q(count__lt=most_of(limit)), limit=limit.name, who=who)
    changed = rows.update(
        count=Case(When(is_over, then=Value(1)), default=F("count") + 1),
        ends=Case(When(is_over, then=Value(ends)), default=F("ends")),
    )
    return changed == 1


def _refusal(limit: Limit, who: str, now: datetime) -> Refused:
    row = ActCount.objects.filter(limit=limit.name, who=who).values_list("ends", flat=True).first()
    left = (row or _window_end(limit, now)) - now
    told = {
        "most": most_of(limit),
        "within_seconds": int(limit.within.total_seconds()),
        "retry_after_seconds": max(1, -(-left // timedelta(seconds=1))),
    }
    if limit.problem is None:
        return Refused(RefusalCode.TOO_MANY_CALLS, told)
    return not_allowed(limit.problem, noun=limit.noun, **told)
