"""Returns: credits of a spend or a hold go back to the lots that they came from (`booking.put_back`).

Where only a part of a spend comes back, the draws that last longest come back first, in the member's
favour. Returns are never cut by a balance limit, and they pay the wallet's debt first.
"""

from __future__ import annotations

from collections.abc import Mapping

from connects.ledger.booking.put_back import put_back
from connects.ledger.commands import Return
from connects.ledger.entries import SPENDING, Booked, Draw, Entry, EntryKind
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def give_back(
    wallet: Wallet, command: Return, spent: Entry, returned: Connects, origins: Mapping[int, Lot]
) -> Booked | Refused:
    """Put `command.credits` of the entry `spent` back.

    `returned` is what came back of it before, counted in the journal; `origins` are the lots that
    `spent` drew on, as they were issued, by number.
    """
    assert spent.kind in SPENDING, "only a spend can come back"
    assert spent.wallet == wallet.id, "it comes back to the wallet that paid"
    returned = max(returned, command.already_returned)
    if returned + command.credits > -spent.credits:
        return invalid(Problem.RETURNED_MORE_THAN_SPENT, spent=-spent.credits, returned=returned)
    paid_to_debt = min(wallet.debt, command.credits)
    parts = parts_given_back(spent, returned, command.credits, paid_to_debt)
    if command.kind is EntryKind.RELEASE:
        # All of it is held no longer, so its line says of all of it what it had cost: what pays a debt
        # passes through the lot that it came from.
        whole = parts_given_back(spent, returned, command.credits, 0)
        return put_back(wallet, command, whole, origins, paid_to_debt, _less(parts, whole))
    return put_back(wallet, command, parts, origins, paid_to_debt)


def _less(kept: tuple[Draw, ...], whole: tuple[Draw, ...]) -> tuple[Draw, ...]:
    """What is taken from the whole parts to leave the kept ones."""
    left = {part.lot: part for part in kept}
    nothing = Draw(0, 0, 0)
    taken = (
        Draw(
            part.lot,
            left.get(part.lot, nothing).credits - part.credits,
            left.get(part.lot, nothing).cost_cents - part.cost_cents,
        )
        for part in whole
    )
    return tuple(draw for draw in taken if draw.credits)


def parts_given_back(
    spent: Entry, returned: Connects, credits: Connects, paid_to_debt: Connects
) -> tuple[Draw, ...]:
    """The draws that `credits` of a spend put back, when `returned` of it came back before.

    `paid_to_debt` of them pay the wallet's debt and are put back nowhere.
    """
    return without(_parts(spent, returned, credits), paid_to_debt)


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


def without(parts: tuple[Draw, ...], paid: Connects) -> tuple[Draw, ...]:
    """The parts less `paid` credits, taken from those that would expire soonest."""
    kept: list[Draw] = []
    for part in reversed(parts):
        taken = min(part.credits, paid)
        paid -= taken
        left = part.credits - taken
        if left:
            kept.append(Draw(part.lot, left, part.cost_cents * left // part.credits))
    return tuple(reversed(kept))
