"""`post`: the one door. Everything that moves credits comes through here, one command or thousands.

The caller opens the transaction: what is posted stands or falls with everything else in it. Commands of
one wallet happen in the order in which they stand in the batch, and each sees what those before it did.
A command that is refused changes nothing and holds up no other. Refusals are not kept: the same key may
succeed later.

A batch goes this way:

1. It is put into the order of wallets, in which all batches lock them: no two can wait in a circle.
2. Where the database can post optimistically, a large one is posted so, without locks. What others came
   between, and any batch elsewhere, is posted under locks.
3. The wallets are locked and read, with one statement, where the caller does not hold them (`holding`).
4. The keys are looked up that were answered before, which seldom are. Meanwhile the first slice is
   decided as if none were; where one was, that is forgotten before any of it is written.
5. Slice by slice, the ledger's pure functions decide (`batch`), and wallets and entries are written,
   while the next slice is decided. Earlier entries that commands name are fetched before.
6. What the caller writes beside it goes with the last of it, in one round trip.
7. At the end it is made sure that each wallet was where it had been locked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeAlias

from connects.journal.batch import Batch, confirm
from connects.journal.port import (
    EntryId,
    ExpiringLot,
    HistoryQuery,
    Outcome,
    Record,
    Replaced,
    Row,
    Store,
    StoredWallet,
    Totals,
)
from connects.journal.reading import PAGE, all_records, every_record, lots_expiring
from connects.journal.slices import SLICE, looks_back, slices, wallets_of
from connects.ledger.commands import Command
from connects.ledger.entries import EntryKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.refusals import RefusalCode, Refused

Beside: TypeAlias = Callable[[Sequence[Outcome]], None]


def _nothing(_: Sequence[Outcome]) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal over a store. `held` are wallets that the caller's transaction has locked already."""

    store: Store
    held: dict[int, Row] = field(default_factory=dict, compare=False)

    def holding(self, wallets: Sequence[int]) -> Journal:
        """Lock wallets (given in ascending order) for a caller who has more to ask before they post.

        The next batch on these wallets alone takes them as they were locked, and locks nothing itself.
        """
        return Journal(self.store, dict(self.store.lock_rows(wallets)))

    def post(
        self,
        commands: Sequence[Command],
        recorded: datetime,
        *,
        atomic: bool = False,
        beside: Beside = _nothing,
    ) -> list[Outcome]:
        """Post a batch; `recorded` is now (UTC). The outcomes stand in the commands' order.

        An `atomic` batch is posted whole or not at all: where a command of it is refused, so are the
        others, with `batch_refused`, but for those whose key had been answered before.

        `beside` writes rows of the caller's own that follow from the outcomes: where the database can,
        with the round trip that writes the batch. It must ask nothing by Django's own cursors.
        """
        if not commands:
            with self.store.together():
                beside([])
            return []
        # Neighbours in the tables and indexes are met together, too.
        positions = sorted(range(len(commands)), key=lambda position: commands[position].wallet)
        ordered = [commands[position] for position in positions]
        outcomes: list[Outcome | None] = [None] * len(commands)
        optimistic = self.store.optimistic
        # Nothing of an atomic batch may be written before all of it is decided.
        if optimistic is not None and not atomic and len(ordered) >= optimistic.fewest:
            outcomes = optimistic.post(ordered, recorded)
        replaced: list[tuple[Replaced, int]] = []
        under_locks = partial(self._post_under_locks, replaced, recorded, atomic)
        with self.store.together():
            found = completed(ordered, outcomes, under_locks)
            in_order = dict(zip(positions, found, strict=True))
            told = [in_order[position] for position in range(len(commands))]
            beside(told)
        confirm(replaced)
        return told

    def _post_under_locks(
        self,
        replaced: list[tuple[Replaced, int]],
        recorded: datetime,
        atomic: bool,
        commands: Sequence[Command],
    ) -> list[Outcome]:
        """Post commands that stand in the order of their wallets; `replaced` is to be confirmed."""
        locked = self._locked(wallets_of(commands))
        look_back = looks_back(commands)
        at_once = atomic or len(commands) <= SLICE
        each_slice = [commands] if at_once else list(slices(commands))
        with self.store.posting([(command.wallet, command.key) for command in commands]) as lookup:
            batch = Batch(self.store, recorded, locked, {})
            # Who looks back names an entry by its number, and a repeated key shifts the numbers.
            outcomes = [] if look_back else [batch.post(command) for command in each_slice[0]]
            answered = lookup()
            if look_back or answered:
                batch, outcomes = Batch(self.store, recorded, locked, answered), []
            if look_back:
                batch.look_back(commands)
            for each in each_slice[1:] if outcomes else each_slice:
                batch.write()
                outcomes += [batch.post(command) for command in each]
            if atomic and any(isinstance(outcome, Refused) for outcome in outcomes):
                return [_not_posted(outcome) for outcome in outcomes]
            batch.write()
        replaced += batch.replaced
        return outcomes

    def _locked(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        """The wallets' rows under locks. What was held is handed out once, since it changes then."""
        if not self.held.keys() >= set(wallets):
            return self.store.lock_rows(wallets)
        return {wallet: self.held.pop(wallet) for wallet in wallets}

    def post_one(self, command: Command, recorded: datetime) -> Outcome:
        """Post a batch of one."""
        return self.post((command,), recorded)[0]

    def open_wallets(self, wallets: Sequence[int]) -> None:
        """Make empty wallets; those that exist already stay as they are."""
        self.store.open_wallets(wallets)

    def lock(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        """Lock the wallets (given in ascending order) until the transaction ends, and read them."""
        return self.store.lock(wallets)

    def read(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        """The wallets as they are, without locking them; one that does not exist is left out."""
        return self.store.read(wallets)

    def wallet(self, wallet: int) -> Wallet:
        """A wallet as it is. Raises KeyError where there is none."""
        return self.store.read((wallet,))[wallet].wallet

    def entry(self, wallet: int, number: int) -> Record:
        """One record. Raises KeyError where there is none."""
        return self.store.entries_at(((wallet, number),))[wallet, number]

    def entries(self, ids: Sequence[EntryId]) -> Mapping[EntryId, Record]:
        """Records by wallet and number; those that do not exist are left out."""
        return self.store.entries_at(ids)

    def entry_or_none(self, wallet: int, number: int) -> Record | None:
        """One record, if there is one of that number."""
        return self.store.entries_at(((wallet, number),)).get((wallet, number))

    def debts(self, ids: Sequence[EntryId]) -> Mapping[EntryId, int]:
        """The wallet's debt after each of these lines."""
        return self.store.debts_at(ids)

    def records(self, wallet: int, number: int = 1) -> Iterator[Record]:
        """A wallet's records from that number on, oldest first, read in pages."""
        return all_records(self.store, wallet, number)

    def every_record(self) -> Iterator[Record]:
        """The records of all wallets, in the order of wallets and numbers, read in pages."""
        return every_record(self.store)

    def recorded(self, since: datetime, until: datetime) -> Iterator[Record]:
        """The records that were written from the first instant on and before the second, in no order.

        All wallets are looked through, so it is for what is counted once a day. In one transaction.
        """
        return self.store.entries_recorded(since, until)

    def count_entries(self) -> int:
        """How many entries there are in all wallets."""
        return self.store.count_entries()

    def next_expiry(self) -> datetime | None:
        """When the first lot of any wallet expires."""
        return self.store.next_expiry()

    def wallets_expiring(self, until: datetime, limit: int) -> Sequence[int]:
        """Wallets that hold a lot which expires at or before that instant, soonest first."""
        return self.store.wallets_expiring(until, limit)

    def lots_expiring(
        self, after: datetime, until: datetime, page: int = PAGE
    ) -> Iterator[ExpiringLot]:
        """Lots that were issued to expire after the first and at or before the second instant, in the
        order of instants and wallets, read in pages.
        """
        return lots_expiring(self.store, after, until, page)

    def expiries_of(self, lots: Sequence[EntryId]) -> Sequence[Record]:
        """The lines by which lots expired; none of one that was used up before."""
        return self.store.expiries_of(lots)

    def history(self, query: HistoryQuery) -> Sequence[Record]:
        """Records newest first."""
        return self.store.history(query)

    def totals(self, wallet: int) -> Mapping[EntryKind, Totals]:
        """Sums by kind since the wallet was opened."""
        return self.store.totals(wallet)

    def wallets(self) -> Iterator[StoredWallet]:
        """All wallets in the order of their ids, read in pages."""
        last = 0
        while page := self.store.wallets_after(last, PAGE):
            yield from page
            last = page[-1].wallet.id


def completed(
    commands: Sequence[Command],
    outcomes: Sequence[Outcome | None],
    post: Callable[[Sequence[Command]], Sequence[Outcome]],
) -> list[Outcome]:
    """The outcomes in the commands' order; `post` gives those of the commands that have none."""
    left = [command for command, outcome in zip(commands, outcomes, strict=True) if outcome is None]
    given = iter(post(left) if left else ())
    return [next(given) if outcome is None else outcome for outcome in outcomes]


def _not_posted(outcome: Outcome) -> Outcome:
    """What a command of an atomic batch hears that is not posted: its own refusal, or the batch's."""
    if isinstance(outcome, Refused) or outcome.repeated:
        return outcome
    return Refused(RefusalCode.BATCH_REFUSED)
