"""A store in memory, for tests of all that needs no database. It keeps no locks: one caller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from connects.journal.port import (
    EntryId,
    ExpiringLot,
    HistoryQuery,
    KeyLookup,
    Record,
    Replaced,
    Row,
    StoredWallet,
    Totals,
)
from connects.journal.rows import record_of, wallet_of, wallet_row, with_overflow
from connects.ledger.entries import RETURNS, EntryKind
from connects.ledger.wallet import Wallet


@dataclass(slots=True)
class MemoryStore:
    """Wallets and their entries in dictionaries. See `journal.port.Store`."""

    rows: dict[int, StoredWallet] = field(default_factory=dict)
    journals: dict[int, list[Record]] = field(default_factory=dict)
    keys: dict[tuple[int, str], Row] = field(default_factory=dict)

    def open_wallets(self, wallets: Sequence[int]) -> None:
        for wallet in wallets:
            self.rows.setdefault(wallet, StoredWallet(Wallet(wallet)))
            self.journals.setdefault(wallet, [])

    def lock(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        return self.read(wallets)

    def lock_rows(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        return {wallet: wallet_row(stored) for wallet, stored in self.read(wallets).items()}

    def read(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        return {wallet: self.rows[wallet] for wallet in wallets if wallet in self.rows}

    @contextmanager
    def posting(self, keys: Sequence[tuple[int, str]]) -> Iterator[KeyLookup]:
        yield lambda: {key: self.keys[key] for key in keys if key in self.keys}

    def together(self) -> AbstractContextManager[object]:
        return nullcontext()

    @property
    def optimistic(self) -> None:
        return None

    def entries_at(self, ids: Sequence[EntryId]) -> Mapping[EntryId, Record]:
        return {
            (wallet, number): self.journals[wallet][number - 1]
            for wallet, number in ids
            if 0 < number <= len(self.journals.get(wallet, ()))
        }

    def debts_at(self, ids: Sequence[EntryId]) -> Mapping[EntryId, int]:
        return {
            (wallet, number): sum(
                record.entry.debt_change for record in self.journals[wallet][:number]
            )
            for wallet, number in ids
        }

    def returns_after(self, ids: Sequence[EntryId]) -> Sequence[Record]:
        return [
            record
            for wallet, number in ids
            for record in self.journals.get(wallet, ())[number:]
            if record.entry.kind in RETURNS
        ]

    def entries_from(self, wallet: int, number: int, limit: int) -> Sequence[Record]:
        first = max(number - 1, 0)
        return self.journals[wallet][first : first + limit]

    def entries_after(self, after: EntryId, limit: int) -> Sequence[Record]:
        records = (
            record
            for wallet in sorted(self.journals)
            for record in self.journals[wallet]
            if (wallet, record.entry.number) > after
        )
        return list(islice(records, limit))

    def entries_recorded(self, since: datetime, until: datetime) -> Iterator[Record]:
        for records in self.journals.values():
            yield from (record for record in records if since <= record.recorded < until)

    def write(self, wallets: Sequence[Row], entries: Sequence[Row]) -> Replaced:
        for row in entries:
            record = record_of(row)
            wallet, number, key = record.entry.wallet, record.entry.number, record.entry.key
            assert number == len(self.journals[wallet]) + 1, "entries are appended in order"
            assert (wallet, key) not in self.keys, "a key is used once"
            self.journals[wallet].append(record)
            self.keys[wallet, key] = row
        for stored in map(wallet_of, wallets):
            self.rows[stored.wallet.id] = stored
        return lambda: len(wallets)

    def overflow_lots(self, wallet: int) -> None:  # noqa: ARG002 a row here has all of its lots
        return None

    def write_overflow(self, lots: Mapping[int, str]) -> None:
        for wallet, overflow in lots.items():
            self.rows[wallet] = with_overflow(self.rows[wallet], overflow)

    def wallets_after(self, wallet: int, limit: int) -> Sequence[StoredWallet]:
        return [self.rows[key] for key in sorted(self.rows) if key > wallet][:limit]

    def history(self, query: HistoryQuery) -> Sequence[Record]:
        chosen = [
            record
            for record in reversed(self.journals[query.wallet])
            if (query.before is None or record.entry.number < query.before)
            and (not query.kinds or record.entry.kind in query.kinds)
        ]
        return chosen[: query.limit]

    def totals(self, wallet: int) -> Mapping[EntryKind, Totals]:
        sums: dict[EntryKind, Totals] = {}
        for record in self.journals[wallet]:
            entry = record.entry
            so_far = sums.get(entry.kind, Totals(0, 0, 0))
            sums[entry.kind] = Totals(
                so_far.credits + entry.credits,
                so_far.debt_change + entry.debt_change,
                so_far.entries + 1,
            )
        return sums

    def count_entries(self) -> int:
        return sum(map(len, self.journals.values()))

    def next_expiry(self) -> datetime | None:
        expiries = (row.wallet.next_expiry for row in self.rows.values())
        return min((expiry for expiry in expiries if expiry is not None), default=None)

    def wallets_expiring(self, until: datetime, limit: int) -> Sequence[int]:
        due = [
            (row.wallet.next_expiry, row.wallet.id)
            for row in self.rows.values()
            if row.wallet.next_expiry is not None and row.wallet.next_expiry <= until
        ]
        return [wallet for _, wallet in sorted(due)[:limit]]

    def lots_expiring(
        self, after: datetime | ExpiringLot, until: datetime, limit: int
    ) -> Sequence[ExpiringLot]:
        every = [
            ExpiringLot(entry.wallet, entry.number, entry.lot.expires)
            for journal in self.journals.values()
            for entry in (record.entry for record in journal)
            if entry.lot is not None and entry.lot.expires is not None
        ]
        if isinstance(after, ExpiringLot):
            found = [lot for lot in every if _place(lot) > _place(after)]
        else:
            found = [lot for lot in every if lot.expires > after]
        return sorted((lot for lot in found if lot.expires <= until), key=_place)[:limit]

    def expiries_of(self, lots: Sequence[EntryId]) -> Sequence[Record]:
        return [
            record
            for wallet, lot in lots
            for record in self.journals.get(wallet, ())
            if record.entry.kind is EntryKind.EXPIRE and record.entry.draws[0].lot == lot
        ]


def _place(lot: ExpiringLot) -> tuple[datetime, int, int]:
    return lot.expires, lot.wallet, lot.lot
