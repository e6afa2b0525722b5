"""Capture: what a hold has set aside pays for what it was held for.

The hard cases: the lot that the Connects came from may have ended meanwhile, and the wallet may have
come to owe something. Neither is a reason to refuse a host that was promised its payment. So a capture
is no release that is followed by a spend of whatever there is then: both lines are decided here at
once, and the charge draws the very Connects that the release has put back, each at its own cost.
"""

from __future__ import annotations

from collections.abc import Mapping

from connects.ledger.booking.give_back import parts_given_back
from connects.ledger.booking.line import write_line
from connects.ledger.commands import Capture, Return
from connects.ledger.entries import CHARGES, Booked, Draw, Entry, EntryKind
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def capture(
    wallet: Wallet, command: Capture, hold: Entry, released: Connects, origins: Mapping[int, Lot]
) -> Booked | Refused:
    """Write the release of all that is still held by that entry, and the charge of the same.

    `released` is what came back of it before; `origins` are the lots that it drew on, as issued.
    """
    assert hold.kind is EntryKind.HOLD
    assert command.kind in CHARGES
    left = -hold.credits - released
    if left <= 0:
        return invalid(Problem.HELD_NO_LONGER, held=-hold.credits, released=released)
    parts = parts_given_back(hold, released, left, 0)
    release = Return(
        wallet=wallet.id,
        key=f"release:{hold.number}:{wallet.last_entry + 1}",
        reference=command.reference,
        rule_book=command.rule_book,
        effective=command.effective,
        spend=hold.number,
        credits=left,
        already_returned=released,
        grace=None,
        kind=EntryKind.RELEASE,
    )
    back = write_line(wallet, release, EntryKind.RELEASE, parts, origins=origins)
    draws = tuple(Draw(part.lot, -part.credits, -part.cost_cents) for part in reversed(parts))
    charged = write_line(back.wallet, command, command.kind, draws)
    return Booked(charged.wallet, back.entries + charged.entries)
