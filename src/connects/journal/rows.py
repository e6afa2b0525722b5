"""Wallets and entries as rows, and back. The same columns on every database.

Lots and draws are short lists inside their row, as JSON text: a spend then touches one wallet row and
one entry row and nothing else. Where a wallet holds very many lots, those that burn last overflow into a
column of their own (`resting`), which a spend neither reads nor writes; how many they are is the last
item of the list. The lot that an entry issues stands in columns of its own, so that an index can find
lots by their expiry without touching the entries that issue none.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from operator import itemgetter
from typing import Any, cast

from typing_extensions import override

from connects.journal.moments import microseconds, moment_of
from connects.journal.port import Posted, Record, Row, StoredWallet
from connects.ledger.entries import LOT_KINDS, Draw, Entry, EntryKind
from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet

# A row that was read to be locked has one more value, its address (`ADDRESS`).
WALLET_COLUMNS = (
    "id",
    "balance",
    "debt",
    "last_entry",
    "moment",
    "next_expiry",
    "head",
    "lots",
    "held",
)

ENTRY_COLUMNS = (
    "wallet",
    "number",
    "kind",
    "credits",
    "balance",
    "draws",
    "lot_credits",
    "lot_cost_cents",
    "lot_expires",
    "debt_change",
    "withheld",
    "reference",
    "key",
    "digest",
    "rule_book",
    "effective",
    "recorded",
    "hash",
)

ADDRESS = len(WALLET_COLUMNS)
LOTS = WALLET_COLUMNS.index("lots")
LAST_ENTRY = WALLET_COLUMNS.index("last_entry")
NUMBER = ENTRY_COLUMNS.index("number")
ENTRY_ID = itemgetter(ENTRY_COLUMNS.index("wallet"), NUMBER)
KEY = ENTRY_COLUMNS.index("key")
DIGEST = ENTRY_COLUMNS.index("digest")

# A wallet with more lots than these keeps so many in its list. A spend rewrites the list, and only
# when what it shows is used up are the others fetched.
SHOWN_MOST, SHOWN = 64, 32

_LOT_KINDS = {kind.value: kind for kind in LotKind}
# The entry's kind says the kind of the lot that it issues.
_ISSUED_KINDS = {entry.value: lot for entry, lot in LOT_KINDS.items()}
_JSON = json.JSONDecoder()
_ENTRY_KINDS = {kind.value: kind for kind in EntryKind}


def _read(text: str) -> list[Any]:
    # As `json.loads`, without its look for encodings and white space around what we wrote ourselves.
    read: list[Any] = _JSON.raw_decode(text)[0]
    return read


def wallet_row(stored: StoredWallet, address: Any = None) -> Row:
    """The wallet's row, to be written to its address."""
    wallet, head = stored
    next_expiry = wallet.next_expiry
    return (
        wallet.id,
        wallet.balance,
        wallet.debt,
        wallet.last_entry,
        microseconds(wallet.moment),
        None if next_expiry is None else microseconds(next_expiry),
        head,
        _lots_text(wallet.lots, wallet.overflow_lots),
        wallet.held,
        address,
    )


def wallet_of(row: Row) -> StoredWallet:
    """The wallet, shown in part where some of its lots overflow the row."""
    number, balance, debt, last_entry, moment, _next_expiry, head, text, held = row[:ADDRESS]
    lots, overflow = _lots_of(text)
    wallet = Wallet(number, balance, debt, last_entry, moment_of(moment), lots, overflow, held)
    return StoredWallet(wallet, bytes(head))


def has_overflow(row: Row) -> bool:
    """Whether some of the wallet's lots stand outside of the row's list."""
    return not row[LOTS].endswith(("]]", "[]"))


def with_overflow(stored: StoredWallet, text: str | None) -> StoredWallet:
    """The wallet with all of its lots; `text` is the column of those that overflow the row."""
    wallet = stored.wallet
    if not wallet.overflow_lots:
        return stored
    overflow, _ = _lots_of(text or "[]")
    lots = wallet.lots + overflow[: wallet.overflow_lots]
    return StoredWallet(replace(wallet, lots=lots, overflow_lots=0), stored.head)


def split_overflow(stored: StoredWallet) -> tuple[StoredWallet, str | None]:
    """The wallet as it is stored, and the column of its overflow; None where that stays as it is."""
    wallet = stored.wallet
    if len(wallet.lots) <= SHOWN_MOST or wallet.overflow_lots:
        return stored, None
    overflow = wallet.lots[SHOWN:]
    front = replace(wallet, lots=wallet.lots[:SHOWN], overflow_lots=len(overflow))
    return StoredWallet(front, stored.head), _lots_text(overflow, 0)


def _lots_text(lots: tuple[Lot, ...], overflow: int) -> str:
    texts = []
    for lot in lots:
        expires = "null" if lot.expires is None else microseconds(lot.expires)
        texts.append(
            f'[{lot.number},"{lot.kind.value}",{lot.credits},{lot.cost_cents},'
            f"{microseconds(lot.issued)},{expires}]"
        )
    if overflow:
        texts.append(str(overflow))
    return f"[{','.join(texts)}]"


def _lots_of(text: str) -> tuple[tuple[Lot, ...], int]:
    """The lots of a list, and how many overflow."""
    if text == "[]":
        return (), 0
    items = _read(text)
    overflow = items.pop() if isinstance(items[-1], int) else 0
    lots = tuple(
        [
            Lot(
                number,
                _LOT_KINDS[kind],
                credits,
                cost_cents,
                moment_of(issued),
                None if expires is None else moment_of(expires),
            )
            for number, kind, credits, cost_cents, issued, expires in items
        ]
    )
    return lots, overflow


def entry_columns(entry: Entry, recorded: datetime) -> Row:
    """The entry's row without its hash, which covers them all."""
    lot = entry.lot
    draws = ",".join([f"[{d.lot},{d.credits},{d.cost_cents}]" for d in entry.draws])
    expires = None if lot is None or lot.expires is None else microseconds(lot.expires)
    return (
        entry.wallet,
        entry.number,
        entry.kind.value,
        entry.credits,
        entry.balance,
        f"[{draws}]",
        None if lot is None else lot.credits,
        None if lot is None else lot.cost_cents,
        expires,
        entry.debt_change,
        entry.withheld,
        entry.reference,
        entry.key,
        entry.digest,
        entry.rule_book,
        microseconds(entry.effective),
        microseconds(recorded),
    )


def record_of(row: Row) -> Record:
    (
        wallet,
        number,
        kind,
        credits,
        balance,
        draws,
        lot_credits,
        lot_cost_cents,
        lot_expires,
        debt_change,
        withheld,
        reference,
        key,
        digest,
        rule_book,
        effective,
        recorded,
        chained,
    ) = row
    moment = moment_of(effective)
    lot = None
    if lot_credits is not None:
        expires = None if lot_expires is None else moment_of(lot_expires)
        lot = Lot(number, _ISSUED_KINDS[kind], lot_credits, lot_cost_cents, moment, expires)
    entry = Entry(
        wallet,
        number,
        _ENTRY_KINDS[kind],
        credits,
        balance,
        tuple([Draw._make(draw) for draw in _read(draws)]),
        lot,
        debt_change,
        withheld,
        reference,
        key,
        bytes(digest),
        rule_book,
        moment,
    )
    return Record(entry, moment_of(recorded), bytes(chained))


class PostedRows(Posted):
    """An outcome that is made of its rows only where somebody looks: few look at all of a batch."""

    __slots__ = ("entry_row", "wallet_row")

    def __init__(self, entry_row: Row, wallet_row: Row) -> None:  # its parent's fields stay empty
        self.entry_row = entry_row
        self.wallet_row = wallet_row
        self.repeated = False

    @property
    @override
    def record(self) -> Record:
        return record_of(self.entry_row)

    @property
    @override
    def entry_number(self) -> int:
        return cast("int", self.entry_row[NUMBER])

    @property
    @override
    def wallet(self) -> Wallet:
        return wallet_of(self.wallet_row).wallet
