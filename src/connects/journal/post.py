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

The caller opens the transaction: what is posted stands or falls with everything else in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from connects.journal.chain import chain_hash
from connects.journal.port import EntryId, HistoryQuery, Posted, Record, Store, StoredWallet, Totals
from connects.ledger.commands import Command, Return, Reverse
from connects.ledger.decide import NOTHING_PAST, Past, decide
from connects.ledger.entries import Booked, Entry, EntryKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.refusals import RefusalCode, Refused

Outcome: TypeAlias = Posted | Refused

PAGE = 1_000

# So many commands are decided while the database writes those before them.
SLICE = 250

_LOOKING_BACK = (Return, Reverse)


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal over a store."""

    store: Store

    def post(self, commands: Sequence[Command], recorded: datetime) -> list[Outcome]:
        """Post a batch; `recorded` is now (UTC). The outcomes stand in the commands' order."""
        if not commands:
            return []
        locked = self.store.lock(sorted({command.wallet for command in commands}))
        looks_back = any(isinstance(command, _LOOKING_BACK) for command in commands)
        with self.store.posting([(command.wallet, command.key) for command in commands]) as wait:
            batch = _Batch(self.store, recorded, dict(locked))
            # Who looks back names an entry by its number, and a repeated key shifts the numbers.
            outcomes = [] if looks_back else [batch.post(command) for command in commands[:SLICE]]
            answered = wait()
            if looks_back or answered:
                batch, outcomes = _Batch(self.store, recorded, dict(locked), dict(answered)), []
            if looks_back:
                batch.look_back(commands)
            batch.write()
            for first in range(len(outcomes), len(commands), SLICE):
                outcomes += [batch.post(command) for command in commands[first : first + SLICE]]
                batch.write()
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
        while True:
            page = self.store.entries_from(wallet, number, PAGE)
            yield from page
            if len(page) < PAGE:
                return
            number = page[-1].entry.number + 1

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


@dataclass(slots=True)
class _Batch:
    """One batch on its way: what it has read, and what it will write."""

    store: Store
    recorded: datetime
    rows: dict[int, StoredWallet]
    answered: dict[tuple[int, str], Record] = field(default_factory=dict)
    past: dict[int, dict[int, Entry]] = field(default_factory=lambda: defaultdict(dict))
    looks_back: bool = False
    changed: set[int] = field(default_factory=set)
    written: list[Record] = field(default_factory=list)

    def look_back(self, commands: Sequence[Command]) -> None:
        """Fetch the earlier entries that the commands need, with one question for each kind."""
        self.looks_back = True
        spends = {(c.wallet, c.spend) for c in commands if isinstance(c, Return)}
        if spends:
            self._fetch(spends)
            self._fetch_origins([self.past[w][n] for w, n in spends if n in self.past[w]])
        for command in commands:
            if isinstance(command, Reverse):
                since = Journal(self.store).records(command.wallet, command.lot)
                self.past[command.wallet].update({r.entry.number: r.entry for r in since})

    def _fetch(self, ids: set[EntryId]) -> None:
        if ids:
            for (wallet, number), record in self.store.entries_at(sorted(ids)).items():
                self.past[wallet][number] = record.entry

    def _fetch_origins(self, spends: Sequence[Entry]) -> None:
        """The entries that issued the lots which those spends drew on."""
        issues = {(spend.wallet, draw.lot) for spend in spends for draw in spend.draws}
        self._fetch({(w, n) for w, n in issues if n not in self.past[w]})

    def post(self, command: Command) -> Outcome:
        """Ask the ledger, and note what it decided."""
        row = self.rows.get(command.wallet)
        if row is None:
            return Refused(RefusalCode.INVALID, {"problem": "wallet_unknown"})
        first = self.answered.get((command.wallet, command.key))
        if first is not None:
            return _first_answer(command, first, row.wallet)
        past = self._past_for(command) if self.looks_back else NOTHING_PAST
        answer = decide(row.wallet, command, past)
        if isinstance(answer, Refused):
            return answer
        record = self._note(row.head, answer)
        # Where nothing had to move, expiries that had come due may have been written all the same.
        own = record if record is not None and record.entry.key == command.key else None
        return Posted(own, answer.wallet)

    def _past_for(self, command: Command) -> Past:
        if not isinstance(command, _LOOKING_BACK):
            return NOTHING_PAST
        own = self.past[command.wallet]
        if isinstance(command, Return) and command.spend in own:
            # A spend of this very batch may draw on lots that were issued long before it.
            self._fetch_origins([own[command.spend]])
        return Past(own)

    def _note(self, head: bytes, answer: Booked) -> Record | None:
        record = None
        for entry in answer.entries:
            head = chain_hash(head, entry, self.recorded)
            record = Record(entry, self.recorded, head)
            self.written.append(record)
            self.answered[entry.wallet, entry.key] = record
            if self.looks_back:
                self.past[entry.wallet][entry.number] = entry
        if record is not None:
            wallet = answer.wallet.id
            self.rows[wallet] = StoredWallet(answer.wallet, head)
            self.changed.add(wallet)
        return record

    def write(self) -> None:
        """Write all that changed since the last time."""
        if self.written:
            self.store.write([self.rows[wallet] for wallet in sorted(self.changed)], self.written)
            self.changed, self.written = set(), []


def _first_answer(command: Command, first: Record, wallet: Wallet) -> Outcome:
    """The same key again: the first answer where the body is the same, a refusal where it is not."""
    if first.entry.digest != command.digest():
        return Refused(
            RefusalCode.INVALID,
            {"problem": "idempotency_key_reused", "key": command.key},
        )
    return Posted(first, wallet, repeated=True)
