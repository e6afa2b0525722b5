"""One batch on its way: what it has read, what it has decided, and what is still to be written.

A large one goes in slices: some hundred commands are decided while the database works on others. The
commands of one wallet are always in one slice: its row is read and written once in a batch, since its
address is known only until then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from connects.journal.chain import chained
from connects.journal.moments import microseconds
from connects.journal.plain import plain_spend
from connects.journal.port import (
    EntryId,
    Outcome,
    Posted,
    Record,
    Replaced,
    Row,
    Store,
    StoredWallet,
)
from connects.journal.reading import all_records
from connects.journal.rows import (
    ADDRESS,
    DIGEST,
    KEY,
    NUMBER,
    PostedRows,
    entry_columns,
    record_of,
    split_overflow,
    wallet_of,
    wallet_row,
    with_overflow,
)
from connects.journal.slices import LOOKING_BACK
from connects.ledger.admission import AHEAD_MOST, ahead_of_time
from connects.ledger.commands import Capture, Command, Reinstate, Return, Reverse, Spend
from connects.ledger.decide import NOTHING_PAST, Past, decide
from connects.ledger.entries import Booked, Entry
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import key_reused


class LostWallet(RuntimeError):
    """A wallet that was locked was not where it had been read: a fault of ours, not of the caller."""


class Batch:
    """The wallets that were locked for it, and what its commands make of them.

    A wallet is kept as its row until a command needs more than a row says; from then on it is kept
    as values, in `_opened`, and becomes a row again when it is written.
    """

    def __init__(
        self,
        store: Store,
        recorded: datetime,
        rows: Mapping[int, Row],
        answered: Mapping[tuple[int, str], Row],
    ) -> None:
        self._store = store
        self._recorded = recorded
        self._latest = recorded + AHEAD_MOST
        self._recorded_at = microseconds(recorded)
        self._rows = dict(rows)
        self._opened: dict[int, StoredWallet] = {}
        self._answered = dict(answered)
        self._past: dict[int, dict[int, Entry]] = defaultdict(dict)
        self._looks_back = False
        self._instants: dict[datetime, int] = {}
        self._changed: set[int] = set()
        self._written: list[Row] = []
        self.replaced: list[tuple[Replaced, int]] = []
        self.overflow: dict[int, str] = {}

    def look_back(self, commands: Sequence[Command]) -> None:
        """Fetch the earlier entries that the commands need, with one query for each kind."""
        self._looks_back = True
        spends = {(c.wallet, _spend_of(c)) for c in commands if isinstance(c, (Return, Capture))}
        if spends:
            self._fetch(spends)
            self._fetch_origins([self._past[w][n] for w, n in spends if n in self._past[w]])
            self._fetch_returns(spends)
        for wallet in {c.wallet for c in commands if isinstance(c, (Reverse, Reinstate))}:
            records = all_records(self._store, wallet)
            self._past[wallet].update({r.entry.number: r.entry for r in records})

    def _fetch_returns(self, spends: set[EntryId]) -> None:
        """What may have come back of those spends before: only the journal knows."""
        since: dict[int, int] = {}
        for wallet, number in spends:
            since[wallet] = min(number, since.get(wallet, number))
        for record in self._store.returns_after(sorted(since.items())):
            self._past[record.entry.wallet][record.entry.number] = record.entry

    def _fetch(self, ids: set[EntryId]) -> None:
        if ids:
            for (wallet, number), record in self._store.entries_at(sorted(ids)).items():
                self._past[wallet][number] = record.entry

    def _fetch_origins(self, spends: Sequence[Entry]) -> None:
        """The entries that issued the lots which those spends drew on."""
        issues = {(spend.wallet, draw.lot) for spend in spends for draw in spend.draws}
        self._fetch({(w, n) for w, n in issues if n not in self._past[w]})

    def post(self, command: Command) -> Outcome:
        """Ask the ledger, and note what it decided."""
        wallet = command.wallet
        row = self._rows.get(wallet)
        if row is None:
            return invalid(Problem.WALLET_UNKNOWN)
        first = self._answered.get((wallet, command.key))
        if first is not None:
            return self._first_answer(command, first)
        if command.effective > self._latest:
            return ahead_of_time(command)
        if type(command) is Spend and wallet not in self._opened:
            spent = plain_spend(row, command, self._instant(command.effective), self._recorded_at)
            if spent is not None:
                return self._note_plain(spent)
        return self._decide(command)

    def _instant(self, moment: datetime) -> int:
        # Commands of a batch mostly share their instant.
        found = self._instants.get(moment)
        if found is None:
            found = self._instants[moment] = microseconds(moment)
        return found

    def _note_plain(self, spent: PostedRows) -> Posted:
        entry, state = spent.entry_row, spent.wallet_row
        wallet = state[0]
        self._rows[wallet] = state
        self._changed.add(wallet)
        self._written.append(entry)
        self._answered[wallet, entry[KEY]] = entry
        if self._looks_back:
            self._past[wallet][entry[NUMBER]] = record_of(entry).entry
        return spent

    def _first_answer(self, command: Command, first: Row) -> Outcome:
        """The same key again: the first answer where the body is the same, else a refusal."""
        if first[DIGEST] != command.digest():
            return key_reused(command.key)
        return Posted(record_of(first), self._open(command.wallet).wallet, repeated=True)

    def _open(self, wallet: int) -> StoredWallet:
        return self._opened.get(wallet) or wallet_of(self._rows[wallet])

    def _open_for(self, command: Command) -> StoredWallet:
        """The wallet with as many of its lots as the command needs."""
        stored = self._open(command.wallet)
        if not stored.wallet.overflow_lots:
            return stored
        if isinstance(command, Spend) and stored.wallet.covers(command.credits, command.effective):
            return stored
        return with_overflow(stored, self._store.overflow_lots(command.wallet))

    def _decide(self, command: Command) -> Outcome:
        stored = self._open_for(command)
        past = self._past_for(command) if self._looks_back else NOTHING_PAST
        answer = decide(stored.wallet, command, past)
        if isinstance(answer, Refused):
            return answer
        # Expiries may have been written beside the command's own entry, or without it.
        written = self._note(stored.head, answer)
        own = [record for record in written if record.entry.key == command.key]
        return Posted(own[0] if own else None, answer.wallet)

    def _past_for(self, command: Command) -> Past:
        if not isinstance(command, LOOKING_BACK):
            return NOTHING_PAST
        own = self._past[command.wallet]
        if isinstance(command, (Return, Capture)) and _spend_of(command) in own:
            # A spend of this very batch may draw on lots that were issued long before it.
            self._fetch_origins([own[_spend_of(command)]])
        return Past(own)

    def _note(self, head: bytes, answer: Booked) -> list[Record]:
        written = []
        for entry in answer.entries:
            row = chained(head, entry_columns(entry, self._recorded))
            head = row[-1]
            written.append(Record(entry, self._recorded, head))
            self._written.append(row)
            self._answered[entry.wallet, entry.key] = row
            if self._looks_back:
                self._past[entry.wallet][entry.number] = entry
        if written:
            wallet = answer.wallet.id
            self._opened[wallet] = StoredWallet(answer.wallet, head)
            self._changed.add(wallet)
        return written

    def write(self) -> None:
        """Write what changed since the last time.

        A wallet is written once in a batch: its address is known only until then.
        """
        wallets, entries = self.changes()
        if wallets or entries:
            self.replaced.append((self._store.write(wallets, entries), len(wallets)))
        if self.overflow:
            self._store.write_overflow(self.overflow)
            self.overflow = {}

    def changes(self) -> tuple[list[Row], list[Row]]:
        """The wallets' new rows and the entries since the last time, in the order of wallets.

        `overflow` then has the lots that are to stand outside of their wallets' rows.
        """
        changed = sorted(self._changed)
        for wallet in self._opened.keys() & changed:
            stored, overflow = split_overflow(self._opened[wallet])
            self._rows[wallet] = wallet_row(stored, self._rows[wallet][ADDRESS])
            if overflow is not None:
                self.overflow[wallet] = overflow
        entries, self._written = self._written, []
        self._changed.clear()
        return [self._rows[wallet] for wallet in changed], entries


def confirm(replaced: Sequence[tuple[Replaced, int]]) -> None:
    """Make sure, once the store's `posting` has ended, that each wallet was at its address.

    Given is how many each write has replaced, and how many it was to. Raises LostWallet, so that the
    caller's transaction falls, where these differ.
    """
    for number, expected in replaced:
        if number() != expected:
            raise LostWallet(f"{expected} wallets were to be written, but {number()} were")


def _spend_of(command: Return | Capture) -> int:
    """The number of the entry of which it gives back, or which it captures."""
    return command.hold if isinstance(command, Capture) else command.spend
