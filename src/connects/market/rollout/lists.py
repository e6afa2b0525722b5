"""All rollouts, for staff."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from connects.market.listing.filters import Choice, Days, Rows, exactly
from connects.market.listing.listings import Listing
from connects.market.rollout.models import PENDING, Move, Rollout, RolloutState
from connects.wording.messages import mark


def _rows(source: type[Rollout]) -> Rows:
    pending = Move.objects.filter(rollout=OuterRef("pk"), state__in=PENDING)
    rows = source.objects.select_related("before", "after").defer("dry_run")
    return rows.annotate(has_pending=Exists(pending))


STATES = {
    "draft": (mark("Draft"), Q(state=RolloutState.DRAFT)),
    "running": (mark("Scheduled or running"), Q(state=RolloutState.SCHEDULED, has_pending=True)),
    "complete": (mark("Complete"), Q(state=RolloutState.SCHEDULED, has_pending=False)),
    "paused": (mark("Paused"), Q(state=RolloutState.PAUSED)),
    "back": (
        mark("Rolled back, or rolling back"),
        Q(state__in=(RolloutState.ROLLING_BACK, RolloutState.ROLLED_BACK)),
    ),
}

ROLLOUTS = Listing(
    sources=(Rollout,),
    rows=_rows,
    filters=(
        Choice("state", mark("State"), STATES),
        exactly("from", mark("From"), "before__name"),
        exactly("to", mark("To"), "after__name"),
        Days("drafted", mark("Drafted"), "drafted"),
    ),
)


def rollout_state(rollout: Rollout) -> str:
    """The state of a rollout as this list has it; complete once nobody is left to move."""
    if rollout.state == RolloutState.SCHEDULED and not getattr(rollout, "has_pending", True):
        return "complete"
    return str(rollout.get_state_display()).lower()
