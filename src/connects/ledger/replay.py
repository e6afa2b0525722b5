"""Apply entries to a wallet. Posting and replaying run this same function.

The hard case is a return: it may fill a lot that is no longer open, and an entry names a lot only by
its number. So the caller brings the *origins*: the lots that the entry fills again, as they were
issued. A replay has met them all; the journal looks them up before it posts.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping

from connects.ledger.entries import Draw, Entry
from connects.ledger.lots import Lot
from connects.ledger.order import burn_key
from connects.ledger.wallet import Wallet

NO_ORIGINS: Mapping[int, Lot] = {}


def apply(wallet: Wallet, entry: Entry, origins: Mapping[int, Lot] = NO_ORIGINS) -> Wallet:
    """The wallet after the entry.

    `origins` are issued lots by number. Raises KeyError when the entry fills a lot that is neither
    open nor among them.
    """
    lots = list(wallet.lots)
    if entry.lot is not None:
        insort(lots, entry.lot, key=burn_key)
    for draw in entry.draws:
        _draw(lots, draw, origins)
    return Wallet(
        wallet.id,
        entry.balance,
        wallet.debt + entry.debt_change,
        entry.number,
        entry.effective,
        tuple(lots),
        wallet.overflow_lots,
        wallet.held + entry.held_change,
    )


def _draw(lots: list[Lot], draw: Draw, origins: Mapping[int, Lot]) -> None:
    """Change one of the lots; they stay in burn order, which no change of credits touches."""
    if not draw.credits and not draw.cost_cents:
        return
    for place, lot in enumerate(lots):
        if lot.number == draw.lot:
            changed = lot.changed_by(draw.credits, draw.cost_cents)
            lots[place : place + 1] = [changed] if changed.credits else []
            return
    filled = origins[draw.lot]._replace(credits=draw.credits, cost_cents=draw.cost_cents)
    insort(lots, filled, key=burn_key)


def replay(wallet_id: int, entries: Iterable[Entry]) -> Wallet:
    """The wallet that a whole journal, from its first entry on, leads to."""
    return replay_from(Wallet(wallet_id), entries)


def replay_from(
    wallet: Wallet, entries: Iterable[Entry], origins: Mapping[int, Lot] = NO_ORIGINS
) -> Wallet:
    """The wallet after the entries that follow it.

    `origins` are the lots, by number, that were used up by then and that the entries fill again.
    """
    issued = dict(origins) | {lot.number: lot for lot in wallet.lots}
    for entry in entries:
        if entry.lot is not None:
            issued[entry.number] = entry.lot
        wallet = apply(wallet, entry, issued)
    return wallet
