"""Expiry: at its instant a lot is gone, whether or not anyone has swept it yet."""

from __future__ import annotations

from collections.abc import Iterable

from connects.ledger.booking.line import write_line
from connects.ledger.commands import Command, Expire
from connects.ledger.entries import Booked, Draw, Entry, EntryKind
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet


def expire_due(wallet: Wallet, command: Command) -> Booked:
    """Expire each lot whose instant is not after the command's, one entry a lot.

    Every command runs this first, so nothing is ever paid from a lot whose time has come, however
    late the sweep is; each expiry takes effect at the lot's own instant and is keyed by the lot.
    """
    return expire_lots(
        wallet, (lot for lot in wallet.lots if not lot.live_at(command.effective)), command
    )


def expire_lots(wallet: Wallet, lots: Iterable[Lot], command: Command) -> Booked:
    """Expire these open lots, one entry a lot."""
    entries: list[Entry] = []
    for lot in lots:
        booked = _expire_lot(wallet, lot, command.rule_book)
        wallet = booked.wallet
        entries.extend(booked.entries)
    return Booked(wallet, tuple(entries))


def keys_of_expiries(lot: int) -> tuple[str, str]:
    """Between which two keys, in the order of their bytes, those of a lot's expiries stand."""
    return f"expire:{lot}:", f"expire:{lot};"


def _expire_lot(wallet: Wallet, lot: Lot, rule_book: str) -> Booked:
    assert lot.expires is not None
    reference = f"lot:{lot.number}"
    before, _ = keys_of_expiries(lot.number)
    command = Expire(
        wallet=wallet.id,
        # A lot that a return filled again expires a second time, under the number of that entry.
        key=f"{before}{wallet.last_entry + 1}",
        reference=reference,
        rule_book=rule_book,
        effective=lot.expires,
    )
    draw = Draw(lot.number, -lot.credits, -lot.cost_cents)
    return write_line(wallet, command, EntryKind.EXPIRE, (draw,))
