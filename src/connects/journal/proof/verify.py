"""Proof that a journal is whole: every wallet's entries are read again, and everything is added up.

Three independent looks at each wallet: the auditor adds up the columns (`ledger.invariants`), a replay
applies the entries and compares the whole state, and the chain of hashes is computed anew. A wallet
that was found whole once can be taken up where it was then (`journal.proof.checkpoints`).

The hard case is a site that goes on meanwhile. A wallet's row is read first, and then its entries up to
the one that the row names as the last: they were committed together with the row and stay as they are,
so nothing that happens meanwhile can be taken for a breach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from connects.journal.chain import broken_links
from connects.journal.port import EntryId, Record, StoredWallet
from connects.journal.post import Journal
from connects.ledger.admission import AHEAD_MOST
from connects.ledger.entries import Entry
from connects.ledger.invariants import Audit, audit
from connects.ledger.lots import Lot
from connects.ledger.replay import replay_from
from connects.ledger.wallet import Wallet

ENTRIES_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class WalletProof:
    """What was found of one wallet; `breaches` is empty where all agrees.

    `stored` is the wallet's row as it was read, `entries` how many were read for it.
    """

    stored: StoredWallet
    entries: int
    breaches: tuple[str, ...]

    @property
    def wallet(self) -> int:
        return self.stored.wallet.id


def verify(journal: Journal) -> Iterator[WalletProof]:
    """Prove every wallet from its first entry on, in the order of their ids."""
    yield from verify_wallets(journal, journal.wallets(), {})


def verify_wallets(
    journal: Journal, wallets: Iterable[StoredWallet], since: Mapping[int, StoredWallet]
) -> Iterator[WalletProof]:
    """Prove these wallets, each from the state in which it was found whole before, if any."""
    for group in _groups(wallets, since):
        begin = {
            row.wallet.id: since.get(row.wallet.id, StoredWallet(Wallet(row.wallet.id)))
            for row in group
        }
        records = _new_records(journal, group, begin)
        origins = _filled_again(journal, begin, records)
        for stored in group:
            wallet = stored.wallet.id
            own = _without_later_ones(journal, stored, records[wallet])
            yield verify_wallet(stored, own, begin[wallet], origins[wallet])


def verify_wallet(
    stored: StoredWallet,
    records: Sequence[Record],
    since: StoredWallet | None = None,
    origins: Mapping[int, Lot] | None = None,
) -> WalletProof:
    """Prove one wallet from all of its records, or from those that follow the state `since`.

    `origins` are the lots that were used up by then and that the records fill again, as issued.
    """
    begin = since or StoredWallet(Wallet(stored.wallet.id))
    origins = origins or {}
    entries = [record.entry for record in records]
    breaches = [
        *audit(stored.wallet, entries, Audit.since(begin.wallet, origins)),
        *broken_links(records, stored.head, begin.head),
        *_ahead_of_time(records),
    ]
    if not breaches and replay_from(begin.wallet, entries, origins) != stored.wallet:
        breaches.append("wallet: the stored state is not what a replay leads to")
    return WalletProof(stored, len(records), tuple(breaches))


def _ahead_of_time(records: Sequence[Record]) -> Iterator[str]:
    """Entries that say that they took effect long after they were written.

    One that follows takes effect no earlier than the one before it, so where the clock was put back
    it may keep to that one's instant.
    """
    before: datetime | None = None
    for record in records:
        entry = record.entry
        if entry.effective - record.recorded > AHEAD_MOST and entry.effective != before:
            yield f"entry {entry.number}: takes effect more than a day after it was written"
        before = entry.effective


def _groups(
    wallets: Iterable[StoredWallet], since: Mapping[int, StoredWallet]
) -> Iterator[list[StoredWallet]]:
    """Wallets whose new entries are read with one query: some thousands, or one wallet's."""
    group, entries = list[StoredWallet](), 0
    for row in wallets:
        group.append(row)
        entries += min(_new(row, since.get(row.wallet.id)), ENTRIES_AT_ONCE)
        if entries >= ENTRIES_AT_ONCE:
            yield group
            group, entries = [], 0
    if group:
        yield group


def _new(row: StoredWallet, known: StoredWallet | None) -> int:
    """How many entries the row says have been added since."""
    return row.wallet.last_entry - (known.wallet.last_entry if known else 0)


def _new_records(
    journal: Journal, group: Sequence[StoredWallet], begin: Mapping[int, StoredWallet]
) -> dict[int, list[Record]]:
    """Each wallet's records from where it begins on, and one more than its row knows of, if any."""
    found: dict[int, list[Record]] = {row.wallet.id: [] for row in group}
    ids: list[EntryId] = []
    for row in group:
        wallet, last = row.wallet.id, row.wallet.last_entry + 1
        first = begin[wallet].wallet.last_entry + 1
        if last - first > ENTRIES_AT_ONCE:
            # In pages: a row that was tampered with may name a last entry beyond all bounds.
            records = journal.records(wallet, first)
            found[wallet] = list(_up_to(last, records))
        else:
            ids += [(wallet, number) for number in range(first, last + 1)]
    for record in _records_at(journal, ids):
        found[record.entry.wallet].append(record)
    return found


def _up_to(last: int, records: Iterator[Record]) -> Iterator[Record]:
    return takewhile(lambda record: record.entry.number <= last, records)


def _records_at(journal: Journal, ids: Sequence[EntryId]) -> Iterator[Record]:
    for first in range(0, len(ids), ENTRIES_AT_ONCE):
        asked = ids[first : first + ENTRIES_AT_ONCE]
        records = journal.store.entries_at(asked)
        yield from (records[place] for place in asked if place in records)


def _filled_again(
    journal: Journal, begin: Mapping[int, StoredWallet], records: Mapping[int, Sequence[Record]]
) -> dict[int, dict[int, Lot]]:
    """The lots that were used up where a wallet begins and that its new entries draw on, as issued."""
    ids = {
        (wallet, lot)
        for wallet, own in records.items()
        for record in own
        for lot in _drawn_on(record.entry)
        if lot <= begin[wallet].wallet.last_entry and begin[wallet].wallet.lot(lot) is None
    }
    origins: dict[int, dict[int, Lot]] = {wallet: {} for wallet in records}
    for record in _records_at(journal, sorted(ids)):
        if record.entry.lot is not None:
            origins[record.entry.wallet][record.entry.number] = record.entry.lot
    return origins


def _drawn_on(entry: Entry) -> Iterator[int]:
    return (draw.lot for draw in entry.draws)


def _without_later_ones(
    journal: Journal, stored: StoredWallet, records: list[Record]
) -> list[Record]:
    """The records that the row knows of, and later ones only where no later row explains them."""
    known = stored.wallet.last_entry
    if not records or records[-1].entry.number <= known:
        return records
    now = journal.store.read((stored.wallet.id,))[stored.wallet.id]
    return records[:-1] if now.wallet.last_entry > known else records
