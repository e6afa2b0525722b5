"""What needs someone on the staff, counted with one query, for each by what they may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from connects.market.corrections.models import Correction, CorrectionState
from connects.market.moderation.lists import OPEN_FLAGS
from connects.market.moderation.models import Appeal, AppealState
from connects.market.notices.models import (
    AccountEmail,
    AccountEmailState,
    NoticeEmail,
    NoticeEmailState,
)
from connects.market.payments.care import NEEDS_CARE
from connects.market.people.models import User
from connects.market.people.permissions import Act, may
from connects.market.plans.models import PlanPayment
from connects.market.proposals.models import Proposal
from connects.market.purchases.models import Purchase
from connects.market.rollout.models import PENDING, Rollout, RolloutState

FLAG_IS_LATE = timedelta(days=1)
APPEAL_IS_LATE = timedelta(days=3)

_Rows: TypeAlias = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks what waits, and when."""

    staff: User
    now: datetime


def _flagged(who: _Asker) -> Mapping[str, _Rows]:
    jobs = {"n": Count("job", distinct=True)}
    waiting = Proposal.objects.filter(job__in=OPEN_FLAGS.values("job"))
    return {
        "flags": _of(OPEN_FLAGS, **jobs),
        "flags_late": _of(OPEN_FLAGS.filter(raised__lt=who.now - FLAG_IS_LATE), **jobs),
        "flags_stake": _of(waiting, n=Coalesce(Sum(F("paid") - F("returned")), 0)),
    }


def _appeals(who: _Asker) -> Mapping[str, _Rows]:
    rows = Appeal.objects.filter(state__in=(AppealState.OPEN, AppealState.PROPOSED))
    second = rows.filter(state=AppealState.PROPOSED).exclude(first_by=who.staff)
    return {
        "appeals": _of(rows),
        "appeals_late": _of(rows.filter(made__lt=who.now - APPEAL_IS_LATE)),
        "appeals_second": _of(second),
    }


def _corrections(who: _Asker) -> Mapping[str, _Rows]:
    rows = Correction.objects.filter(state=CorrectionState.PROPOSED)
    return {"corrections": _of(rows), "corrections_second": _of(rows.exclude(by=who.staff))}


def _payments(_: _Asker) -> Mapping[str, _Rows]:
    return {
        "payments_of_purchases": _of(Purchase.objects.filter(NEEDS_CARE)),
        "payments_of_plans": _of(PlanPayment.objects.filter(NEEDS_CARE)),
    }


def _emails(_: _Asker) -> Mapping[str, _Rows]:
    return {
        "emails": _of(NoticeEmail.objects.filter(state=NoticeEmailState.DEAD)),
        "access_emails": _of(AccountEmail.objects.filter(state=AccountEmailState.DEAD)),
    }


def _rollouts(_: _Asker) -> Mapping[str, _Rows]:
    rows = Rollout.objects.all()
    running = rows.filter(state=RolloutState.SCHEDULED, moves__state__in=PENDING)
    return {
        "rollouts": _of(running, n=Count("pk", distinct=True)),
        "rollouts_paused": _of(rows.filter(state=RolloutState.PAUSED)),
    }


_SUMS = {
    "payments": ("payments_of_purchases", "payments_of_plans"),
    "tab_payments": ("tab_purchases", "tab_plan_payments"),
}
"""What is counted in parts, since it stands in several tables."""

_COUNTED: Mapping[Act, Callable[[_Asker], Mapping[str, _Rows]]] = {
    Act.READ_FLAGS: _flagged,
    Act.DECIDE_APPEALS: _appeals,
    Act.READ_CORRECTIONS: _corrections,
    Act.READ_PAYMENTS: _payments,
    Act.READ_EMAILS: _emails,
    Act.READ_ROLLOUTS: _rollouts,
}


def _of(rows: _Rows, **counted: Any) -> _Rows:
    """One row with what is counted of them."""
    number = counted or {"n": Count("pk")}
    found: _Rows = rows.order_by().annotate(of_all=Value(1)).values("of_all").annotate(**number)
    return found


def counts_for(
    staff: User,
    now: datetime,
    more: Mapping[str, _Rows] | None = None,
    sums: Mapping[str, tuple[_Rows, Combinable]] | None = None,
) -> dict[str, int]:
    """How much of what waits for whom: nothing for what the person may not see.

    `more` is what else a page wants counted, and `sums` what it wants added up, with the same query.
    """
    asked = {
        name: rows
        for act, count in _COUNTED.items()
        if may(staff, act)
        for name, rows in count(_Asker(staff, now)).items()
    }
    asked |= {name: _of(rows) for name, rows in (more or {}).items()}
    for name, (rows, each) in (sums or {}).items():
        asked[name] = _of(rows, n=Coalesce(Sum(each), 0))
    parts = [
        rows.annotate(what=Value(name)).values_list("what", "n") for name, rows in asked.items()
    ]
    if not parts:
        return {}
    first, *rest = parts
    found = dict(first.union(*rest, all=True)) if rest else dict(first)
    counts = {name: found.get(name, 0) for name in asked}
    for whole, parts_of in _SUMS.items():
        if parts_of[0] in counts:
            counts[whole] = sum(counts.pop(part) for part in parts_of)
    return counts
