"""Announce moves to the accounts that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from connects.acts.notices.outbox import put_in_outbox
from connects.market.announcements.selectors import published_announcements
from connects.market.members.editions import book_of
from connects.market.rollout.models import (
    Move,
    MoveState,
)
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind

BATCH = 1_000


def next_due(until: datetime) -> datetime | None:
    """The instant of the first notice of a move that is due by `until`."""
    return _totell_of_moves(until).values_list("announce", flat=True).first()


def _totell_of_moves(until: datetime) -> QuerySet[Move]:
    rows = Move.objects.filter(state=MoveState.PLANNED, paused=False, announce__lte=until)
    return rows.order_by("announce")


def do_due(until: datetime, now: datetime) -> None:
    """Tell a batch of the accounts whose notice is due by `until`."""
    with transaction.atomic():
        rows = _totell_of_moves(until).select_for_update(of=("self",), skip_locked=True)
        tell_of_moves(list(rows.select_related("after", "account")[:BATCH]), now)


def tell_of_moves(moves: Sequence[Move], now: datetime) -> None:
    """Tell these accounts of their moves. Runs in the caller's transaction."""
    slugs = {edition: _announced(edition) for edition in {move.after_id for move in moves}}
    events = [
        Event(
            key=f"policy-change:{move.pk}",
            account=move.account_id,
            code="policy-change",
            parameters={
                "rule_book": book_of(move.after).title,
                "effective": move.effective.isoformat(),
                "announcement": slugs[move.after_id],
                "client": move.account.kind == AccountKind.CLIENT,
            },
        )
        for move in moves
    ]
    put_in_outbox(events, now)
    Move.objects.filter(pk__in=[move.pk for move in moves]).update(state=MoveState.TOLD)


def _announced(edition: int) -> str:
    """The name of the newest announcement of an edition; "" where there is none."""
    rows = published_announcements().filter(edition_id=edition).order_by("-published", "-id")
    return rows.values_list("slug", flat=True).first() or ""
