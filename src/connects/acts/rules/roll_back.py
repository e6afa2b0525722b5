"""Roll a rollout back: accounts that have moved move back, the others stay; nobody loses a Connect.

What an account holds stays under the limits under which it was collected, in this direction as in the
other (`members.selectors.carried_over`). What was granted meanwhile stays granted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act, reason_refused
from connects.bootstrap.clock import now as clock_now
from connects.market.members.editions import book_of
from connects.market.members.models import Enrolment
from connects.market.members.selectors import chains_of
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.rollout.models import PENDING, Move, MoveState, Rollout, RolloutState
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

BATCH = 1_000


def roll_back(rollout: Rollout, staff: User | None, reason: str) -> Rollout | Refused:
    """Begin to roll back; the worker does the rest. Accounts that were told but not moved are told
    again.

    Refused with `not_allowed`, or with `invalid` if no reason is given, there is nothing to roll back,
    or it was done before.
    """
    refused = denied(staff, Act.RUN_ROLLOUTS) or reason_refused(staff, reason)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = Rollout.objects.select_for_update().get(pk=rollout.pk)
        if row.state in (RolloutState.ROLLING_BACK, RolloutState.ROLLED_BACK):
            return invalid(Problem.ROLLED_BACK_ALREADY, field="rollout")
        if row.state == RolloutState.DRAFT:
            return invalid(Problem.NOT_SCHEDULED, field="rollout")
        row.state, row.rolled_back = RolloutState.ROLLING_BACK, now
        row.save(update_fields=["state", "rolled_back"])
        planned = Move.objects.filter(rollout=row, state=MoveState.PLANNED)
        planned.update(state=MoveState.CANCELLED, paused=False)
        # Nobody is moved from here on, whichever batch comes first.
        Move.objects.filter(rollout=row, state=MoveState.TOLD).update(paused=True)
        note_act(staff, "roll-back", f"rollout:{row.public_id}", reason, now)
        return row


def next_due(until: datetime) -> datetime | None:
    """When the first rollout that is being rolled back began to be."""
    rows = Rollout.objects.filter(state=RolloutState.ROLLING_BACK, rolled_back__lte=until)
    return rows.order_by("rolled_back").values_list("rolled_back", flat=True).first()


def do_due(_until: datetime, now: datetime) -> None:
    """Roll a batch of accounts back; the rollout is rolled back when none is left."""
    with transaction.atomic():
        rollout = (
            Rollout.objects.select_for_update()
            .select_related("before", "after")
            .filter(state=RolloutState.ROLLING_BACK)
            .order_by("rolled_back")
            .first()
        )
        if rollout is None:
            return
        rows = Move.objects.filter(
            rollout=rollout, state__in=(MoveState.MOVED, MoveState.TOLD)
        ).order_by("id")
        batch = list(rows.select_related("account")[:BATCH])
        if not batch:
            rollout.state = RolloutState.ROLLED_BACK
            rollout.save(update_fields=["state"])
            return
        assert rollout.rolled_back is not None
        _back(rollout, batch, rollout.rolled_back, now)


def _back(rollout: Rollout, moves: Sequence[Move], at: datetime, now: datetime) -> None:
    told = [move for move in moves if move.state in PENDING]
    moved = [move for move in moves if move.state == MoveState.MOVED]
    chains = chains_of([move.account_id for move in moved], now)
    # Who has moved on to yet another rule book since is not pulled back from there.
    back = [
        move for move in moved if chains[move.account_id][-1].book.digest == rollout.after.digest
    ]
    Enrolment.objects.bulk_create(
        Enrolment(account_id=move.account_id, edition=rollout.before, effective=at) for move in back
    )
    Move.objects.filter(pk__in=[m.pk for m in told]).update(state=MoveState.CANCELLED, paused=False)
    Move.objects.filter(pk__in=[m.pk for m in moved]).update(state=MoveState.ROLLED_BACK)
    title, called_off = book_of(rollout.before).title, book_of(rollout.after).title
    put_in_outbox(
        [
            Event(
                key=f"policy-change-back:{move.pk}",
                account=move.account_id,
                code="policy-change-cancelled",
                parameters={
                    "rule_book": title,
                    "called_off": called_off,
                    "effective": at.isoformat(),
                    "client": move.account.kind == AccountKind.CLIENT,
                },
            )
            for move in (*told, *back)
        ],
        now,
    )
