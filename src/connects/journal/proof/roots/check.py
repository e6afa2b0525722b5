"""Proof that the journal still holds what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from connects.journal.models import Root, RootPage
from connects.journal.post import Journal
from connects.journal.proof.roots.make import NO_STATEMENT, statement_of
from connects.journal.proof.roots.pages import (
    ids_from_bytes,
    leaves_of,
    page_hash,
    pages_from_bytes,
)
from connects.journal.proof.roots.signing import is_signed
from connects.journal.proof.roots.tree import root_over


@dataclass(frozen=True, slots=True)
class RootProof:
    """What was found of one root; `breaches` is empty where all agrees."""

    number: int
    breaches: tuple[str, ...]


def verify_roots(journal: Journal) -> Iterator[RootProof]:
    """Prove every root, first to last: signature, order, tree, and the entries that its pages name.

    A page is read where it changed. What it says in between is the same, and is proved with it.
    """
    previous, number, pages = NO_STATEMENT, 0, dict[int, bytes]()
    for root in Root.objects.order_by("number").iterator(chunk_size=1):
        statement = statement_of(root)
        breaches = []
        if root.number != number + 1:
            breaches.append(f"follows root {number}")
        if statement.previous != previous:
            breaches.append("does not name the root before it")
        if not is_signed(statement, bytes(root.public_key), bytes(root.signature)):
            breaches.append("its signature is not that of its key")
        now = pages_from_bytes(bytes(root.pages))
        if root_over(now) != statement.root:
            breaches.append("its pages do not add up to its root")
        breaches.extend(_broken_pages(journal, root, pages, now))
        yield RootProof(root.number, tuple(breaches))
        previous, number, pages = statement.digest(), root.number, now


def _broken_pages(
    journal: Journal, root: Root, before: dict[int, bytes], now: dict[int, bytes]
) -> Iterator[str]:
    """Whether the journal still has the last entries, hash by hash, that the root's pages name."""
    changed = {page for page in before | now if before.get(page) != now.get(page)}
    for row in RootPage.objects.filter(root=root).iterator(chunk_size=100):
        changed.discard(row.page)
        ids = ids_from_bytes(bytes(row.leaves))
        leaves = leaves_of(ids, journal.store.entries_at(ids))
        if len(leaves) < len(ids):
            yield f"page {row.page}: {len(ids) - len(leaves)} entries are no longer there"
        elif page_hash(leaves) != now.get(row.page):
            yield f"page {row.page}: an entry is no longer what was signed"
    for page in sorted(changed):
        yield f"page {page}: its leaves are missing"
