"""The Connects of a payment whose money went back: taken, held back, and put back where it came again.

All that was taken follows from what went back: of n Connects, floor(n x gone / paid), and all of them
once all is gone (docs/rules.md 3.8). Repayments come and go in any order, so the share of each counts
from those before it. When an earlier one is undone, the later ones are put back and taken again at
their new positions. So the result does not depend on which message came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from connects.acts.credits.deliver_waiting import hold_back, late_lots, resume_waiting
from connects.bootstrap.journals import journal
from connects.market.members.selectors import rule_book_of
from connects.market.payments.models import Payable
from connects.market.settlement.models import Repayment, RepaymentState
from connects.movements.put_back import MoneyStayed, put_back
from connects.movements.take_back import MoneyBack, connects_taken, take_back
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused

COUNTING = (RepaymentState.ASKED, RepaymentState.STANDING)


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that the payment became, and how many Connects it was issued with."""

    number: int
    credits: Connects


def take_connects_back(row: Payable, now: datetime) -> Connects:
    """Bring what is taken to what the payment's repayments ask for; how many more are taken than before.

    In the caller's transaction, with the payment locked.
    """
    every = list(Repayment.objects.filter(subject=row.reference).order_by("began", "id"))
    counting = [each for each in every if each.state in COUNTING]
    targets = list(_targets(row, counting))
    gone = [each for each in every if each.state not in COUNTING and each.up_to]
    right = _still_right(counting, targets, gone)
    change = -_put_back(row, [*gone, *counting[right:]], now)
    before = targets[right - 1] if right else 0
    for repayment, target in zip(counting[right:], targets[right:], strict=True):
        change += _take(row, repayment, before, target, now)
        before = target
    return change


def _still_right(
    counting: Sequence[Repayment], targets: Sequence[Connects], gone: Sequence[Repayment]
) -> int:
    """How many of the first repayments are taken for as they should be: none after one that is gone now,
    whose share they took less for.
    """
    first_gone = min(((each.began, each.pk) for each in gone), default=None)
    for place, (repayment, target) in enumerate(zip(counting, targets, strict=True)):
        is_after = first_gone is not None and (repayment.began, repayment.pk) > first_gone
        if is_after or repayment.up_to != target:
            return place
    return len(counting)


def _targets(row: Payable, counting: Sequence[Repayment]) -> Iterator[Connects]:
    """The total of Connects to take once each repayment in turn is counted."""
    gone, credits = 0, row.connects_paid_for
    for repayment in counting:
        gone = min(gone + repayment.cents, row.received_cents)
        yield credits if gone == row.received_cents else credits * gone // row.received_cents


def _put_back(row: Payable, repayments: Iterable[Repayment], now: datetime) -> Connects:
    """Undo what was taken for these, the newest first; how many Connects that was."""
    taken = [each for each in repayments if each.up_to]
    entries = [(entry, lot) for each in taken for lot, entry in each.takings]
    for each in taken:
        resume_waiting(each.held_back, now)
        each.takings, each.held_back, each.up_to = [], [], 0
        each.save(update_fields=["takings", "held_back", "up_to"])
    back = 0
    for entry, lot in sorted(entries, reverse=True):
        line = journal().entry(row.account_id, entry).entry
        back += line.debt_change - line.credits
        outcome = put_back(
            journal(),
            MoneyStayed(
                wallet=row.account_id,
                lot=lot,
                reversal=entry,
                key=f"{row.public_id}:line-{entry}",
                reference=row.reference,
                rule_book=row.rule_book,
                grace_days=rule_book_of(row.account, now).returns.grace_days,
            ),
            now,
        )
        assert not isinstance(outcome, Refused), outcome
    return back


def _take(
    row: Payable, repayment: Repayment, before: Connects, target: Connects, now: datetime
) -> Connects:
    """Take from `before` up to `target` of the payment's Connects, for one repayment."""
    taken, had, wanted = 0, before, target
    for lot in _lots(row):
        from_before, up_to = min(lot.credits, had), min(lot.credits, wanted)
        had, wanted = had - from_before, wanted - up_to
        if up_to > from_before:
            taken += _take_lot(row, repayment, lot, up_to, now)
    if wanted > had:
        repayment.held_back = hold_back(row.reference, wanted - had, now)
    repayment.up_to = target
    repayment.save(update_fields=["takings", "held_back", "up_to"])
    return taken


def _take_lot(
    row: Payable, repayment: Repayment, lot: Lot, up_to: Connects, now: datetime
) -> Connects:
    row.reversals += 1
    outcome = take_back(
        journal(),
        MoneyBack(
            wallet=row.account_id,
            lot=lot.number,
            key=f"reverse:{row.public_id}:{row.reversals}",
            reference=row.reference,
            rule_book=row.rule_book,
            refunded_cents=up_to,
            price_cents=lot.credits,
        ),
        now,
    )
    if isinstance(outcome, Refused):
        # It was taken whole before there were repayments, and found nothing that could come back.
        assert outcome.parameters.get("problem") == Problem.LOT_REVERSED, outcome
        return 0
    repayment.takings = [*repayment.takings, [lot.number, outcome.entry_number]]
    return connects_taken(outcome)


def _lots(row: Payable) -> list[Lot]:
    """The lots that the payment became, the first delivery first."""
    numbers = [] if row.lot is None else [row.lot]
    found = []
    for number in [*numbers, *late_lots(row.reference)]:
        lot = journal().entry(row.account_id, number).entry.lot
        assert lot is not None
        found.append(Lot(number, lot.credits))
    return found
