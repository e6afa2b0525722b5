"""What members and staff are shown of moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from connects.market.grants.models import Badge
from connects.market.members.editions import book_of
from connects.market.members.selectors import carried_over, chains_of, wallet_of
from connects.market.pages import Page, page_of
from connects.market.people.models import Account
from connects.market.plans.selectors import plan_held
from connects.market.rollout.models import (
    PENDING,
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
    """The move that took effect lately and whose message the account has not dismissed."""
    rows = Move.objects.filter(
        account=account,
        state=MoveState.MOVED,
        read__isnull=True,
        effective__lte=now,
        effective__gt=now - SHOWN_FOR,
    ).exclude(effective=account.registered)
    return rows.select_related("before", "after").order_by("-effective").first()


def rollouts(number: int) -> Page[Rollout]:
    """All rollouts for staff, newest first."""
    return page_of(Rollout.objects.select_related("before", "after").order_by("-id"), number)


def rollout_named(public_id: str) -> Rollout | None:
    """The rollout of that name, for staff."""
    rows = Rollout.objects.select_related("before", "after")
    return rows.filter(public_id=public_id).first()


def running_rollout() -> Rollout | None:
    """The newest rollout under which accounts are still to move."""
    pending = Move.objects.filter(rollout=OuterRef("pk"), state__in=PENDING)
    rows = Rollout.objects.filter(Exists(pending), state=RolloutState.SCHEDULED)
    return rows.select_related("before", "after").defer("dry_run").order_by("-pk").first()


def moves_of(account: Account) -> list[Move]:
    """An account's moves, newest first, for staff."""
    rows = Move.objects.filter(account=account).select_related("before", "after")
    return list(rows.order_by("-id")[:20])
