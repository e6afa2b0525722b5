"""How often someone may call the API: so many times in each minute of the clock.

The hard case is many calls at one instant. A call is let in by changing its caller's one row, and only
where the row is not full; the database lets one such change happen after another, so exactly as many
are let in as may be, and nobody waits longer than for that. Who is refused changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, Q, Value, When

from connects.market.keys.models import CallCount
from connects.vocabulary.refusals import RefusalCode, Refused


def call_refused(caller: str, now: datetime) -> Refused | None:
    """Count a call of theirs, or refuse it with `too_many_calls` and the seconds until they may again."""
    minute = now.replace(second=0, microsecond=0)
    most: int = settings.API_CALLS_A_MINUTE
    if _counted(caller, minute, most):
        return None
    _, is_new = CallCount.objects.get_or_create(
        caller=caller, defaults={"minute": minute, "calls": 1}
    )
    # Another call of theirs may have made the row in between.
    if is_new or _counted(caller, minute, most):
        return None
    left = minute + timedelta(minutes=1) - now
    seconds = max(1, -(-left // timedelta(seconds=1)))
    return Refused(RefusalCode.TOO_MANY_CALLS, {"most": most, "retry_after_seconds": seconds})


def _counted(caller: str, minute: datetime, most: int) -> bool:
    has_room = ~Q(minute=minute) | Q(calls__lt=most)
    calls = Case(When(minute=minute, then=F("calls") + 1), default=Value(1))
    changed = CallCount.objects.filter(has_room, caller=caller)
    return changed.update(calls=calls, minute=minute) == 1
