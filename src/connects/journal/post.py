"""`post`: the one door. Everything that moves credits comes through here, one command or thousands.

A batch is posted in five steps: lock the wallets in the order of their ids (so that two batches can
never wait for each other in a circle), ask for the keys that were answered before, fetch the earlier
entries that commands look back at, ask the ledger's pure functions command by command, and write
wallets and entries, some hundred commands at a time. Commands of one wallet happen in the order in
which they stand in the batch, and each sees what those before it did. A command that is refused
changes nothing and holds up no other. Refusals are not kept: the same key may succeed later.

The database is kept at work meanwhile. While it looks for the keys, the first commands are decided as
if none had been answered, which is nearly always so; where one was, what was decided is forgotten
before any of it is written, and the batch begins again. While it writes, the next ones are decided.
Where a store says that it pays, a large batch is first tried without locks and without the question
(`journal.tried`); where that does not do, it is taken back and the batch goes these five steps.

The caller opens the transaction: what is posted stands or falls with everything else in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from connects.journal.batch import LOOKING_BACK, Batch, Outcome
from connects.journal.databases.postgresql.tried import post_tried
from connects.journal.parts import completed, parts, wallets_of
from connects.journal.port import (
    Contention,
    HistoryQuery,
    KeyAnswered,
    Record,
    Store,
    StoredWallet,
    Totals,
)
from connects.journal.reading import PAGE, all_records
from connects.ledger.commands import Command
from connects.ledger.entries import EntryKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.refusals import RefusalCode, Refused


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal over a store."""

    store: Store

    def post(
        self, commands: Sequence[Command], recorded: datetime, *, atomic: bool = False
    ) -> list[Outcome]:
        """Post a batch; `recorded` is now (UTC). The outcomes stand in the commands' order.

        An `atomic` batch is posted whole or not at all: where a command of it is refused, so are the
        others, with `batch_refused`, but for those whose key had been answered before.
        """
        if not commands:
            return []
        # In the order of wallets, neighbours in the tables and indexes are met together.
        places = sorted(range(len(commands)), key=lambda place: commands[place].wallet)
        ordered = [commands[place] for place in places]
        outcomes = dict(zip(places, self._post(ordered, recorded, atomic), strict=True))
        return [outcomes[place] for place in range(len(commands))]

    def _post(self, commands: Sequence[Command], recorded: datetime, atomic: bool) -> list[Outcome]:
        """Post commands that stand in the order of their wallets."""
        if not (atomic or _look_back(commands)) and self.store.tries(len(commands)):
            try:
                return self._tried(commands, recorded)
            except (KeyAnswered, Contention):
                pass  # nothing of it stands
        return self._locked(commands, recorded, atomic)

    def _tried(self, commands: Sequence[Command], recorded: datetime) -> list[Outcome]:
        """Post without locks, and under locks what others came between.

        Raises KeyAnswered, or Contention where a wallet that had moved on would have to be waited for:
        wallets after it are held already, and two batches could wait for each other. Nothing stands then.
        """
        with self.store.trying():
            outcomes = post_tried(self.store, commands, recorded)
            return completed(commands, outcomes, partial(self._moved, recorded=recorded))

    def _moved(self, commands: Sequence[Command], recorded: datetime) -> list[Outcome]:
        """Post commands whose wallets had moved on."""
        if not self.store.lock_at_once(wallets_of(commands)):
            raise Contention
        return self._locked(commands, recorded)

    def _locked(
        self, commands: Sequence[Command], recorded: datetime, atomic: bool = False
    ) -> list[Outcome]:
        locked = self.store.lock_rows(wallets_of(commands))
        looks_back = _look_back(commands)
        # Nothing of an atomic batch may be written before all of it is decided.
        pieces = [commands] if atomic else list(parts(commands))
        with self.store.posting([(command.wallet, command.key) for command in commands]) as wait:
            batch = Batch(self.store, recorded, locked, {})
            # Who looks back names an entry by its number, and a repeated key shifts the numbers.
            outcomes = [] if looks_back else [batch.post(command) for command in pieces[0]]
            answered = wait()
            if looks_back or answered:
                batch, outcomes = Batch(self.store, recorded, locked, answered), []
            if looks_back:
                batch.look_back(commands)
            for piece in pieces[1:] if outcomes else pieces:
                batch.write()
                outcomes += [batch.post(command) for command in piece]
            if atomic and any(isinstance(outcome, Refused) for outcome in outcomes):
                return [_unposted(outcome) for outcome in outcomes]
            batch.write()
        batch.confirm()
        return outcomes

    def post_one(self, command: Command, recorded: datetime) -> Outcome:
        """Post a batch of one."""
        return self.post((command,), recorded)[0]

    def wallet(self, wallet: int) -> Wallet:
        """A wallet as it is. Raises KeyError where there is none."""
        return self.store.read((wallet,))[wallet].wallet

    def entry(self, wallet: int, number: int) -> Record:
        """One record. Raises KeyError where there is none."""
        return self.store.entries_at(((wallet, number),))[wallet, number]

    def records(self, wallet: int, number: int = 1) -> Iterator[Record]:
        """A wallet's records from that number on, oldest first, read in pages."""
        return all_records(self.store, wallet, number)

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


def _look_back(commands: Sequence[Command]) -> bool:
    return any(isinstance(command, LOOKING_BACK) for command in commands)


def _unposted(outcome: Outcome) -> Outcome:
    """What a command of an atomic batch hears that is not posted: its own refusal, or the batch's."""
    if isinstance(outcome, Refused) or outcome.repeated:
        return outcome
    return Refused(RefusalCode.BATCH_REFUSED)
