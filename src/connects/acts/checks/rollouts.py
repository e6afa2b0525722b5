"""Checks of acts on a rollout: schedule, pause, roll back."""

from __future__ import annotations

from connects.acts.rules.plan_rollout import moves_to_schedule
from connects.bootstrap.clock import now as clock_now
from connects.market.members.editions import book_of
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.rollout.models import Rollout, RolloutState
from connects.market.rollout.progress import progress_of
from connects.statements.checks import rollouts as words
from connects.statements.checks.check import Check
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def check_roll_back(rollout: Rollout, staff: User | None) -> Check | Refused:
    """How many move back. Refused as rolling back is."""
    refused = denied(staff, Act.RUN_ROLLOUTS)
    if refused is not None:
        return refused
    if rollout.state in (RolloutState.ROLLING_BACK, RolloutState.ROLLED_BACK):
        return invalid(Problem.ROLLED_BACK_ALREADY, field="rollout")
    if rollout.state == RolloutState.DRAFT:
        return invalid(Problem.NOT_SCHEDULED, field="rollout")
    return words.check_of_roll_back(_counts(rollout))


def check_pause(rollout: Rollout, staff: User | None) -> Check | Refused:
    """How many wait meanwhile. Refused as pausing is."""
    refused = denied(staff, Act.RUN_ROLLOUTS)
    if refused is None and rollout.state != RolloutState.SCHEDULED:
        refused = invalid(Problem.WRONG_STATE, field="rollout", state=rollout.state)
    return refused or words.check_of_pause(_counts(rollout))


def check_schedule(rollout: Rollout, staff: User | None) -> Check | Refused:
    """How many accounts move, and what its dry run says of them. Refused as scheduling is."""
    refused = denied(staff, Act.RUN_ROLLOUTS)
    if refused is not None:
        return refused
    moves = moves_to_schedule(rollout, clock_now())
    if isinstance(moves, Refused):
        return moves
    report = rollout.dry_run or {"cohorts": []}
    return words.check_of_schedule(
        book_of(rollout.after).title,
        min((move.effective for move in moves), default=None),
        len(moves),
        sum(row["losers"] for row in report["cohorts"]),
        sum(row["lost"] for row in report["cohorts"]),
        has_dry_run=bool(rollout.dry_run),
    )


def _counts(rollout: Rollout) -> words.RolloutCounts:
    progress = progress_of(rollout)
    return words.RolloutCounts(
        before=book_of(rollout.before).title,
        after=book_of(rollout.after).title,
        planned=sum(each.planned for each in progress),
        told=sum(each.told for each in progress),
        moved=sum(each.moved for each in progress),
    )
