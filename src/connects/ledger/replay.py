"""What an entry does to a wallet. Posting and replaying run this same function.

The hard case is a return: it may fill a lot that is no longer open, and an entry names a lot only by
its number. So whoever applies an entry brings the *origins*: the lots, as they were issued, that the
entry fills again. A replay has met them all; the journal looks them up before it posts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from connects.ledger.booking.order import burn_key
from connects.ledger.entries import Entry
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet

NO_ORIGINS: Mapping[int, Lot] = {}


def apply(wallet: Wallet, entry: Entry, origins: Mapping[int, Lot] = NO_ORIGINS) -> Wallet:
    """The wallet after the entry.

    `origins` are issued lots by number. Raises KeyError when the entry fills a lot that is neither
    open nor among them.
    """
    lots = {lot.number: lot for lot in wallet.lots}
    reordered = False
    if entry.lot is not None:
        lots[entry.number] = entry.lot
        reordered = True
    for draw in entry.draws:
        lot = lots.get(draw.lot)
        if lot is None:
            lot = origins[draw.lot]._replace(credits=0, cost_cents=0)
            reordered = True
        changed = lot.changed_by(draw.credits, draw.cost_cents)
        if changed.credits:
            lots[draw.lot] = changed
        else:
            del lots[draw.lot]
    held = tuple(sorted(lots.values(), key=burn_key)) if reordered else tuple(lots.values())
    return Wallet(
        wallet.id,
        entry.balance,
        wallet.debt + entry.debt_change,
        entry.number,
        entry.effective,
        held,
    )


def replay(wallet_id: int, entries: Iterable[Entry]) -> Wallet:
    """The wallet that a whole journal, from its first entry on, leads to."""
    wallet = Wallet(wallet_id)
    issued: dict[int, Lot] = {}
    for entry in entries:
        if entry.lot is not None:
            issued[entry.number] = entry.lot
        wallet = apply(wallet, entry, issued)
    return wallet
