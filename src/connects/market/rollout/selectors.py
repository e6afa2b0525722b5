"""What members and staff are shown of moves and rollouts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from connects.market.grants.models import Badge
from connects.market.members.editions import book_of
from connects.market.members.selectors import carried_over, chains_of, wallet_of
from connects.market.pages import Page, page_of
from connects.market.people.models import Account
from connects.market.plans.selectors import plan_held
from connects.market.rollout.models import (
    PENDING,
    Cohort,
    LabJob,
    LabJobKind,
    LabJobState,
    Move,
    MoveState,
    Rollout,
    RolloutState,
)
from connects.policy.compare import Difference, compare
from connects.policy.terms import RuleBook
from connects.statements.move_forecast import MoveForecast, Mover, forecast_move
from connects.vocabulary.parties import AccountKind

SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ComingMove:
    """A move as its account is told of it: from when, what changes, and what becomes of its Connects."""

    effective: datetime
    before: RuleBook
    after: RuleBook
    differences: tuple[Difference, ...]
    forecast: MoveForecast
    renews: datetime


def coming_move(account: Account, now: datetime) -> ComingMove | None:
    """The announced move that is still ahead of an account with a wallet."""
    moves = Move.objects.filter(account=account, state=MoveState.TOLD, effective__gt=now)
    move = moves.select_related("before", "after").first()
    if move is None:
        return None
    before, after = book_of(move.before), book_of(move.after)
    return ComingMove(
        effective=move.effective,
        before=before,
        after=after,
        differences=compare(before, after),
        forecast=forecast_for(account, before, after, move.effective, now),
        renews=plan_held(account.pk).renews,
    )


def forecast_for(
    account: Account, before: RuleBook, after: RuleBook, moved: datetime, now: datetime
) -> MoveForecast:
    """What moving an account with a wallet at that instant would do, as things stand now."""
    row = plan_held(account.pk)
    kind = AccountKind(account.kind)
    badges = Badge.objects.filter(account=account, lost__isnull=True).values_list("name", flat=True)
    mover = Mover(
        wallet=wallet_of(account.pk),
        kind=kind,
        plan=row.plan,
        renews=row.renews,
        badges=frozenset(badges),
        carried=carried_over(chains_of([account.pk], now)[account.pk], kind, row.plan),
    )
    had = frozenset(grant.name for grant in before.grants.badges)
    return forecast_move(mover, before, after, moved, had)


def unread_move(account: Account, now: datetime) -> Move | None:
    """The move that took effect lately and whose message the account has not put away."""
    rows = Move.objects.filter(
        account=account,
        state=MoveState.MOVED,
        read__isnull=True,
        effective__lte=now,
        effective__gt=now - SHOWN_FOR,
    ).exclude(effective=account.registered)
    return rows.select_related("before", "after").order_by("-effective").first()


@dataclass(frozen=True, slots=True)
class CohortProgress:
    """How far a cohort has got: how many accounts are in which state."""

    cohort: Cohort
    planned: int
    told: int
    moved: int
    back: int

    @property
    def accounts(self) -> int:
        return self.planned + self.told + self.moved + self.back

    @property
    def percent_moved(self) -> int:
        return 100 * self.moved // self.accounts if self.accounts else 0


def progress_of(rollout: Rollout) -> tuple[CohortProgress, ...]:
    """The progress of every cohort, with one query for all."""
    counts = {
        (cohort, state): number
        for cohort, state, number in Move.objects.filter(rollout=rollout)
        .values_list("cohort_id", "state")
        .annotate(number=Count("id"))
    }
    return tuple(
        CohortProgress(
            cohort=cohort,
            planned=counts.get((cohort.pk, MoveState.PLANNED.value), 0),
            told=counts.get((cohort.pk, MoveState.TOLD.value), 0),
            moved=counts.get((cohort.pk, MoveState.MOVED.value), 0),
            back=counts.get((cohort.pk, MoveState.CANCELLED.value), 0)
            + counts.get((cohort.pk, MoveState.ROLLED_BACK.value), 0),
        )
        for cohort in rollout.cohorts.order_by("number")
    )


def state_words(rollout: Rollout) -> str:
    """The rollout's state for people; complete once nobody is left to move."""
    pending = Move.objects.filter(rollout=rollout, state__in=PENDING)
    if rollout.state == RolloutState.SCHEDULED and not pending.exists():
        return "complete"
    return rollout.get_state_display().lower()


def rollouts(number: int) -> Page[Rollout]:
    """All rollouts for staff, newest first."""
    return page_of(Rollout.objects.select_related("before", "after").order_by("-id"), number)


def rollout_named(public_id: str) -> Rollout | None:
    """The rollout of that name, for staff."""
    rows = Rollout.objects.select_related("before", "after")
    return rows.filter(public_id=public_id).first()


def moves_of(account: Account) -> list[Move]:
    """An account's moves, newest first, for staff."""
    rows = Move.objects.filter(account=account).select_related("before", "after")
    return list(rows.order_by("-id")[:20])


def latest_lab_job(rollout: Rollout, kind: LabJobKind) -> LabJob | None:
    """What the laboratory was asked last about it, of that kind; what it found is read when asked for."""
    rows = rollout.lab_jobs.filter(kind=kind).defer("findings")
    return rows.order_by("-asked", "-pk").first()


def answered_lab_job(rollout: Rollout, kind: LabJobKind) -> LabJob | None:
    """The latest question of that kind to which there are findings."""
    done = rollout.lab_jobs.filter(kind=kind, state=LabJobState.DONE)
    return done.order_by("-asked", "-pk").first()


def running_lab_job(public_id: str) -> LabJob | None:
    """The job that a process was started for, with its rollout's rule books."""
    rows = LabJob.objects.select_related("rollout__before", "rollout__after")
    return rows.filter(public_id=public_id, state=LabJobState.RUNNING).first()
