"""Returns: credits go back to the lots that they came from, or to a new one where that is too late.

The hard cases: a lot that has expired since, or that would within the rule book's grace, is not
revived; its share comes back as a lot of kind `return` that lives for the grace. Where only a part
of a spend comes back, the draws that last longest come back first, in the member's favour. Returns
are never cut by a balance limit, and they pay the wallet's debt first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from connects.ledger.booking.line import write_line
from connects.ledger.commands import Return
from connects.ledger.entries import SPENDING, Booked, Draw, Entry, EntryKind
from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import RefusalCode, Refused


def give_back(
    wallet: Wallet, command: Return, spent: Entry, origins: Mapping[int, Lot]
) -> Booked | Refused:
    """Put `command.credits` of the entry `spent` back (RULES 3, returns).

    `origins` are the lots that `spent` drew on, as they were issued, by number.
    """
    assert spent.kind in SPENDING, "only a spend can come back"
    assert spent.wallet == wallet.id, "it comes back to the wallet that paid"
    assert command.credits > 0
    if command.already_returned + command.credits > -spent.credits:
        return Refused(
            RefusalCode.INVALID,
            {"problem": "returned_more_than_spent", "spent": -spent.credits},
        )
    parts = _parts(spent, command.already_returned, command.credits)
    paid_to_debt = min(wallet.debt, command.credits)
    parts = _without(parts, paid_to_debt)
    # A clock that was put back revives no lot that has expired: the wallet's own time has gone on.
    at = max(command.effective, wallet.moment)
    timely = tuple(part for part in parts if _in_time(origins[part.lot], at, command.grace))
    late = tuple(part for part in parts if not _in_time(origins[part.lot], at, command.grace))
    return write_line(
        wallet,
        command,
        EntryKind.RETURN,
        timely,
        lot=_fresh_lot(wallet.last_entry + 1, late, at, command.grace),
        debt_change=-paid_to_debt,
        origins=origins,
    )


def _parts(spent: Entry, already: Connects, credits: Connects) -> tuple[Draw, ...]:
    """The draws to put back, longest-lasting first, after skipping those that came back before."""
    parts = []
    for draw in reversed(spent.draws):
        size = -draw.credits
        skipped = min(already, size)
        taken = min(size - skipped, credits)
        already -= skipped
        credits -= taken
        if taken:
            # Cumulative shares, so that the parts of a draw's cost add up to it exactly.
            cost = -draw.cost_cents
            share = cost * (skipped + taken) // size - cost * skipped // size
            parts.append(Draw(draw.lot, taken, share))
    return tuple(parts)


def _without(parts: tuple[Draw, ...], paid: Connects) -> tuple[Draw, ...]:
    """The parts less `paid` credits, taken from those that would expire soonest."""
    kept: list[Draw] = []
    for part in reversed(parts):
        taken = min(part.credits, paid)
        paid -= taken
        left = part.credits - taken
        if left:
            kept.append(Draw(part.lot, left, part.cost_cents * left // part.credits))
    return tuple(reversed(kept))


def _in_time(origin: Lot, at: datetime, grace: timedelta) -> bool:
    return origin.expires is None or origin.expires - at >= grace


def _fresh_lot(number: int, late: tuple[Draw, ...], at: datetime, grace: timedelta) -> Lot | None:
    if not late:
        return None
    credits = sum(part.credits for part in late)
    cost_cents = sum(part.cost_cents for part in late)
    return Lot(number, LotKind.RETURN, credits, cost_cents, at, at + grace)
