"""What the journal needs of a store, and what its callers get."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeAlias

from typing_extensions import override

from connects.ledger.commands import Command
from connects.ledger.entries import Entry, EntryKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import Refused

EntryId: TypeAlias = tuple[int, int]
"""A wallet's id and an entry's number in it."""

Row: TypeAlias = tuple[Any, ...]
"""A wallet or an entry as it is stored: its columns, in the order of `journal.rows`."""

EMPTY_CHAIN = bytes(32)
"""What the first entry of a wallet is chained to."""


class Record(NamedTuple):
    """An entry as it stands in the journal: `recorded` is when it was written, `hash` chains it."""

    entry: Entry
    recorded: datetime
    hash: bytes


class StoredWallet(NamedTuple):
    """A wallet's row: its state, and the hash of its last entry."""

    wallet: Wallet
    head: bytes = EMPTY_CHAIN


class Posted:
    """An accepted command: its own record (None where nothing had to move), and the wallet after.

    `repeated` says that the key had been answered before: this is the first answer again. Two are
    equal where they say the same.
    """

    __slots__ = ("_record", "_wallet", "repeated")

    def __init__(self, record: Record | None, wallet: Wallet, *, repeated: bool = False) -> None:
        self._record = record
        self._wallet = wallet
        self.repeated = repeated

    @property
    def record(self) -> Record | None:
        return self._record

    @property
    def entry_number(self) -> int:
        """The number of its record's entry, of which there must be one."""
        assert self.record is not None
        return self.record.entry.number

    @property
    def wallet(self) -> Wallet:
        return self._wallet

    def _said(self) -> tuple[Record | None, Wallet, bool]:
        return self.record, self.wallet, self.repeated

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Posted) and self._said() == other._said()

    @override
    def __hash__(self) -> int:
        return hash(self._said())

    @override
    def __repr__(self) -> str:
        return f"Posted{self._said()!r}"


Outcome: TypeAlias = Posted | Refused


@dataclass(frozen=True, slots=True)
class Totals:
    """What a wallet's entries of one kind add up to: the balance's change, the debt's, and how many."""

    credits: Connects
    debt_change: Connects
    entries: int


@dataclass(frozen=True, slots=True)
class ExpiringLot:
    """A lot, open or not, by the instant at which it expires."""

    wallet: int
    lot: int
    expires: datetime


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which lines of a wallet's history: at most `limit`, newest first, with numbers under `before`."""

    wallet: int
    limit: int
    before: int | None = None
    kinds: tuple[EntryKind, ...] = ()


KeyLookup: TypeAlias = Callable[[], Mapping[tuple[int, str], Row]]
"""Waits for the entries that bear the keys, by wallet and key. To be called once."""


Replaced: TypeAlias = Callable[[], int]
"""Says how many wallets' rows were replaced. To be asked when `Store.posting` has ended."""


class Optimistic(Protocol):
    """Posts commands without locking their wallets first, where others seldom come between.

    An outcome is None where its command is to be posted under locks: others did come between, its key had
    been answered, or these commands gain nothing by it.
    """

    @property
    def fewest(self) -> int:
        """A smaller batch within the caller's transaction is posted under locks as fast."""

    def post(self, commands: Sequence[Command], recorded: datetime) -> list[Outcome | None]:
        """Post commands, which stand in the order of wallets, within the caller's transaction."""

    def post_alone(self, commands: Sequence[Command], recorded: datetime) -> list[Outcome | None]:
        """Post and commit, without a transaction; each wallet's commands stand or fall together."""


class Store(Protocol):
    """A database that keeps wallets and entries. What locks or writes happens in one transaction.

    What a batch passes through (`lock_rows`, `posting`, `write`) are rows: to make values of them,
    and rows again, cost more than all else that is done to a spend.
    """

    def open_wallets(self, wallets: Sequence[int]) -> None:
        """Make empty wallets; those that exist already stay as they are."""

    def lock(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        """Lock the wallets (given in ascending order) until the transaction ends, and read them."""

    def lock_rows(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        """The same, as rows that know their addresses."""

    def posting(self, keys: Sequence[tuple[int, str]]) -> AbstractContextManager[KeyLookup]:
        """Begin to post under these idempotency keys, and look up which entries bear one already.

        Within the context what is written may still be in flight; at its end it is written.
        """

    def together(self) -> AbstractContextManager[object]:
        """What is written within may still be in flight, and is written at the end, as in `posting`."""

    @property
    def optimistic(self) -> Optimistic | None:
        """How commands are posted without locks; None where that gains nothing."""

    def entries_at(self, ids: Sequence[EntryId]) -> Mapping[EntryId, Record]:
        """Records by wallet and number; those that do not exist are left out."""

    def debts_at(self, ids: Sequence[EntryId]) -> Mapping[EntryId, int]:
        """The wallet's debt after each of these lines."""

    def returns_after(self, ids: Sequence[EntryId]) -> Sequence[Record]:
        """Returns and releases of wallets with numbers above the given one; each is given once."""

    def entries_from(self, wallet: int, number: int, limit: int) -> Sequence[Record]:
        """A wallet's records from that number on, oldest first."""

    def entries_after(self, after: EntryId, limit: int) -> Sequence[Record]:
        """Records of all wallets in the order of wallets and numbers, beginning after that one."""

    def entries_recorded(self, since: datetime, until: datetime) -> Iterator[Record]:
        """Records of all wallets that were written from the first instant on, and before the second.

        In no order, read as they are asked for, within the caller's transaction.
        """

    def write(self, wallets: Sequence[Row], entries: Sequence[Row]) -> Replaced:
        """Replace the wallets' rows, append the entries and mark them (`journal.marks`)."""

    def overflow_lots(self, wallet: int) -> str | None:
        """The lots of a locked wallet that stand outside of its row; see `journal.rows`."""

    def write_overflow(self, lots: Mapping[int, str]) -> None:
        """Replace the overflow of locked wallets, once their rows have been written."""

    def read(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        """The wallets as they are, without locking them."""

    def wallets_after(self, wallet: int, limit: int) -> Sequence[StoredWallet]:
        """Wallets in the order of their ids, beginning after that id."""

    def history(self, query: HistoryQuery) -> Sequence[Record]:
        """Records newest first."""

    def totals(self, wallet: int) -> Mapping[EntryKind, Totals]:
        """Sums by kind since the wallet was opened."""

    def count_entries(self) -> int:
        """How many entries there are in all wallets."""

    def next_expiry(self) -> datetime | None:
        """When the first lot of any wallet expires."""

    def wallets_expiring(self, until: datetime, limit: int) -> Sequence[int]:
        """Wallets that hold a lot which expires at or before that instant, soonest first."""

    def lots_expiring(
        self, after: datetime | ExpiringLot, until: datetime, limit: int
    ) -> Sequence[ExpiringLot]:
        """Lots that were issued to expire after an instant, or that follow a lot, and at the latest at
        the second instant: in the order of instants, wallets and numbers.
        """

    def expiries_of(self, lots: Sequence[EntryId]) -> Sequence[Record]:
        """The lines by which lots expired, given by wallet and number; one that was filled again has
        several.
        """
