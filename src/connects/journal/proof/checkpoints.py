"""Checkpoints: wallets as they were last found whole, so that the next proof reads only what is new.

A checkpoint saves reading; it proves nothing. Who can write to the database can write checkpoints, so
a full run is done from time to time, and the signed roots stand outside of all this.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from connects.journal.models import Checkpoint
from connects.journal.moments import microseconds, moment_of
from connects.journal.port import StoredWallet
from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet

ROWS_AT_ONCE = 200


def checkpoints_of(wallets: Sequence[int]) -> dict[int, StoredWallet]:
    """The checkpoints of wallets (given in ascending order); those that cannot be read are left out."""
    if not wallets:
        return {}
    rows = Checkpoint.objects.filter(wallet__range=(wallets[0], wallets[-1]))
    read = (_read(row) for row in rows.iterator())
    return {stored.wallet.id: stored for stored in read if stored is not None}


def keep_checkpoints(wallets: Iterable[StoredWallet]) -> None:
    """Note that these wallets were found whole."""
    rows = [
        Checkpoint(
            wallet=stored.wallet.id,
            number=stored.wallet.last_entry,
            head=stored.head,
            state=_state(stored.wallet),
        )
        for stored in wallets
    ]
    Checkpoint.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["wallet"],
        update_fields=["number", "head", "state"],
    )


def _state(wallet: Wallet) -> str:
    lots = [
        (
            lot.number,
            lot.kind.value,
            lot.credits,
            lot.cost_cents,
            microseconds(lot.issued),
            None if lot.expires is None else microseconds(lot.expires),
        )
        for lot in wallet.lots
    ]
    return json.dumps([wallet.balance, wallet.debt, microseconds(wallet.moment), lots, wallet.held])


def _read(row: Checkpoint) -> StoredWallet | None:
    try:
        # Checkpoints of before there were holds do not say that nothing was held.
        balance, debt, moment, lots, *more = json.loads(row.state)
        open_lots = tuple(
            Lot(
                number,
                LotKind(kind),
                credits,
                cost_cents,
                moment_of(issued),
                None if expires is None else moment_of(expires),
            )
            for number, kind, credits, cost_cents, issued, expires in lots
        )
        (held,) = more or (0,)
        wallet = Wallet(
            row.wallet, balance, debt, row.number, moment_of(moment), open_lots, held=held
        )
    except (ValueError, TypeError, OverflowError):
        return None
    return StoredWallet(wallet, bytes(row.head))
