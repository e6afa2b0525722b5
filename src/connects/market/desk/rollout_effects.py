"""What a rollout has done so far: what those who moved pay for a proposal, beside those who wait.

Both are counted over the same days: since the first cohort's day, and at most four weeks back, so that
the season does not pass for an effect of the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Sum

from connects.market.notices.models import NoticeEmail, NoticeEmailState
from connects.market.proposals.models import Proposal
from connects.market.rollout.models import PENDING, MoveState, Rollout
from connects.market.rollout.progress import CohortProgress

COUNTED = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Paid:
    """Proposals of some accounts: how many, the Connects paid for them, and those that came back."""

    proposals: int = 0
    paid: int = 0
    returned: int = 0

    @property
    def each(self) -> float:
        """Connects for one proposal."""
        return self.paid / self.proposals if self.proposals else 0.0

    @property
    def percent_back(self) -> int:
        """How much of what was paid has come back."""
        return round(100 * self.returned / self.paid) if self.paid else 0


@dataclass(frozen=True, slots=True)
class Effects:
    """What those who have moved paid since a day, and those who are still to move."""

    since: datetime
    moved: Paid
    waiting: Paid


def effects_of(
    rollout: Rollout, progress: Sequence[CohortProgress], now: datetime
) -> Effects | None:
    """What the rollout has done so far; None before anyone who has moved has proposed."""
    begun = [each.cohort.effective for each in progress if each.moved]
    if not begun:
        return None
    since = max(min(begun), now - COUNTED)
    by_state = (
        Proposal.objects.filter(
            Q(account__moves__state=MoveState.MOVED, submitted__gte=F("account__moves__effective"))
            | Q(account__moves__state__in=PENDING),
            submitted__gte=since,
            account__moves__rollout=rollout,
        )
        .values_list("account__moves__state")
        .annotate(n=Count("pk"), all_paid=Sum("paid"), all_back=Sum("returned"))
    )
    found = {state: Paid(*amounts) for state, *amounts in by_state}
    moved = found.get(MoveState.MOVED, Paid())
    waiting = [paid for state, paid in found.items() if state in PENDING]
    return Effects(since, moved, _sum(waiting)) if moved.proposals else None


def _sum(parts: Sequence[Paid]) -> Paid:
    return Paid(
        sum(part.proposals for part in parts),
        sum(part.paid for part in parts),
        sum(part.returned for part in parts),
    )


def emails_lost(rollout: Rollout) -> int:
    """How many e-mails about a move that is still ahead were given up."""
    return NoticeEmail.objects.filter(
        state=NoticeEmailState.DEAD,
        event__code="policy-change",
        event__account__moves__rollout=rollout,
        event__account__moves__state=MoveState.TOLD,
    ).count()
