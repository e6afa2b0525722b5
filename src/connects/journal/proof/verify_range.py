"""Proof of a whole journal in ranges, so that several processes can share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from connects.journal.port import StoredWallet
from connects.journal.post import Journal
from connects.journal.proof.checkpoints import checkpoints_of, keep_checkpoints
from connects.journal.proof.verify import verify_wallets
from connects.journal.reading import PAGE

RANGE = 2_000


@dataclass(frozen=True, slots=True)
class RangeProof:
    """What was found of a range of wallets. `unchanged` ones were as their checkpoints have them."""

    wallets: int
    unchanged: int
    entries: int
    broken: int
    breaches: tuple[str, ...]


def ranges(journal: Journal) -> Iterator[tuple[int, int]]:
    """Ranges of ids, first to last, that hold all wallets between them."""
    last = 0
    while page := journal.store.wallets_after(last, 1):
        first = page[0].wallet.id
        last = first + RANGE - 1
        yield first, last


def verify_range(journal: Journal, first: int, last: int, *, incremental: bool) -> RangeProof:
    """Prove the wallets with ids from `first` to `last`, and keep checkpoints of the sound ones.

    `incremental` goes on from the checkpoints and reads only what is new.
    """
    wallets = unchanged = entries = broken = 0
    breaches: list[str] = []
    for page in _pages(journal, first, last):
        ids = [row.wallet.id for row in page]
        since = checkpoints_of(ids) if incremental else {}
        changed = [row for row in page if since.get(row.wallet.id) != row]
        wallets, unchanged = wallets + len(page), unchanged + len(page) - len(changed)
        whole = []
        for proof in verify_wallets(journal, changed, since):
            entries += proof.entries
            if proof.breaches:
                broken += 1
                breaches += [f"wallet {proof.wallet}: {breach}" for breach in proof.breaches]
            else:
                whole.append(proof.stored)
        keep_checkpoints(whole)
    return RangeProof(wallets, unchanged, entries, broken, tuple(breaches))


def _pages(journal: Journal, first: int, last: int) -> Iterator[list[StoredWallet]]:
    before = first - 1
    while before < last:
        rows = journal.store.wallets_after(before, PAGE)
        page = list(takewhile(lambda row: row.wallet.id <= last, rows))
        if page:
            yield page
        if len(page) < PAGE:
            return
        before = page[-1].wallet.id
