"""Proof that a journal is whole: every wallet's entries are read again, and everything is added up.

Three independent looks at each wallet: the auditor adds up the columns (`ledger.invariants`), a replay
applies the entries and compares the whole state, and the chain of hashes is computed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from connects.journal.chain import broken_links
from connects.journal.port import Record, StoredWallet
from connects.journal.post import Journal
from connects.ledger.invariants import audit
from connects.ledger.replay import replay


@dataclass(frozen=True, slots=True)
class WalletProof:
    """What was found of one wallet; `breaches` is empty where all agrees."""

    wallet: int
    entries: int
    breaches: tuple[str, ...]


def verify(journal: Journal) -> Iterator[WalletProof]:
    """Prove every wallet, in the order of their ids."""
    for stored in journal.wallets():
        yield verify_wallet(stored, tuple(journal.records(stored.wallet.id)))


def verify_wallet(stored: StoredWallet, records: tuple[Record, ...]) -> WalletProof:
    """Prove one wallet from all of its records."""
    entries = [record.entry for record in records]
    breaches = [*audit(stored.wallet, entries), *broken_links(records, stored.head)]
    if not breaches and replay(stored.wallet.id, entries) != stored.wallet:
        breaches.append("wallet: the stored state is not what a replay leads to")
    return WalletProof(stored.wallet.id, len(records), tuple(breaches))
