"""Move accounts: each is told, and some days later lives under the other rule book.

Both steps run in batches, for one account or a hundred thousand. Each account's move is one row, so an
interrupted batch is continued where it stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from connects.acts.credits.award_badge import grant_for_badges
from connects.acts.memberships.open_subscription import first_drip
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.notices.tell_account import tell_account
from connects.acts.rules.announce_moves import tell_of_moves
from connects.bootstrap.clock import now as clock_now
from connects.market.members.editions import book_of, edition_of, known_book, other_currency
from connects.market.members.models import Enrolment, RuleBookEdition
from connects.market.members.selectors import party_under
from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.market.rollout.models import (
    PENDING,
    Move,
    MoveState,
)
from connects.policy.terms import RuleBook
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid

BATCH = 1_000


def enrol(account: Account, name: str, *, notice: bool = True) -> Move | Refused:
    """Move one account to the rule book of that name: after its notice period, or now.

    A move that takes effect now takes the place of one that is still pending. Refused with
    `rule_book_unknown`, `not_allowed` where its currency is another, or `invalid` where nothing would
    change or another move is pending.
    """
    now = clock_now()
    book = known_book(name)
    if book is None:
        return Refused(RefusalCode.RULE_BOOK_UNKNOWN, {"name": name})
    with transaction.atomic():
        held = current_edition(account, now, lock=True)
        edition = edition_of(book, now)
        if held == edition:
            return invalid(Problem.HELD_ALREADY, field="policy")
        refused = other_currency(book_of(held), book)
        if refused is not None:
            return refused
        pending = Move.objects.filter(account=account, state__in=PENDING)
        if notice and pending.exists():
            return invalid(Problem.MOVE_PENDING, field="account")
        pending.update(state=MoveState.CANCELLED)
        days = book.rollout.notice_days if notice else 0
        move = Move.objects.create(
            account=account,
            before=held,
            after=edition,
            announce=now,
            effective=now + timedelta(days=days),
        )
        if notice:
            tell_of_moves([move], now)
        else:
            _make([move], now)
            tell_account(
                account.pk,
                "policy-changed",
                f"{move.pk}",
                now,
                rule_book=book.title,
                client=not AccountKind(account.kind).holds_wallet,
            )
        return move


def current_edition(account: Account, now: datetime, *, lock: bool = False) -> RuleBookEdition:
    """The edition that holds for an account; `lock` keeps other moves of it waiting."""
    if lock:
        Account.objects.select_for_update().get(pk=account.pk)
    chain = Enrolment.objects.filter(account=account, effective__lte=now)
    return chain.select_related("edition").order_by("-effective", "-id")[0].edition


def next_due(until: datetime) -> datetime | None:
    """The instant of the first move that takes effect by `until`."""
    return _to_make(until).values_list("effective", flat=True).first()


def _to_make(until: datetime) -> QuerySet[Move]:
    rows = Move.objects.filter(state=MoveState.TOLD, paused=False, effective__lte=until)
    return rows.order_by("effective")


def do_due(until: datetime, now: datetime) -> None:
    """Make a batch of the moves that take effect by `until`, each at its own instant."""
    with transaction.atomic():
        rows = _to_make(until).select_for_update(of=("self",), skip_locked=True)
        _make(list(rows.select_related("before", "after", "account")[:BATCH]), now)


def _make(moves: Sequence[Move], now: datetime) -> None:
    """The accounts live under the other edition from their instants on; nothing of a wallet changes.

    A move to another currency, which was planned before that was refused, is called off.
    """
    barred = [m for m in moves if other_currency(book_of(m.before), book_of(m.after)) is not None]
    Move.objects.filter(pk__in=[move.pk for move in barred]).update(state=MoveState.CANCELLED)
    moves = [move for move in moves if move not in barred]
    Enrolment.objects.bulk_create(
        [
            Enrolment(account_id=m.account_id, edition_id=m.after_id, effective=m.effective)
            for m in moves
        ]
    )
    Move.objects.filter(pk__in=[move.pk for move in moves]).update(state=MoveState.MOVED)
    put_in_outbox(map(_moved, moves), now)
    plans = dict(
        Subscription.objects.filter(account_id__in=[move.account_id for move in moves]).values_list(
            "account_id", "plan"
        )
    )
    holders = [move for move in moves if move.account_id in plans]
    for move in holders:
        _begin_dripping(move, book_of(move.after), plans[move.account_id])
    parties = [
        party_under(
            book_of(move.after),
            move.account_id,
            AccountKind(move.account.kind),
            plans[move.account_id],
        )
        for move in holders
    ]
    grant_for_badges({m.account_id: m.effective for m in holders}, parties, now)


def _moved(move: Move) -> Event:
    return Event(
        key=f"moved:{move.pk}",
        account=move.account_id,
        code="policy_change.effective",
        parameters={
            "rule_book": book_of(move.after).title,
            "effective": move.effective.isoformat(),
        },
    )


def _begin_dripping(move: Move, book: RuleBook, plan: str) -> None:
    at = first_drip(book.plan_or_default(plan), move.effective)
    if at is not None:
        held = Subscription.objects.filter(account_id=move.account_id, next_drip__isnull=True)
        held.update(next_drip=at)


def put_away(account: Account, now: datetime) -> None:
    """The account has read the messages of its moves so far."""
    Move.objects.filter(account=account, effective__lte=now, read__isnull=True).update(read=now)
