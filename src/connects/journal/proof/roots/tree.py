"""The tree of hashes over all wallets: a sparse Merkle tree whose leaves stand where their ids say.

The hard case is an operator who cheats: two leaves for one wallet, one for the member and one for the
books, would both lie below an ordinary Merkle root. Here the bits of the wallet's id are the way from
the root down to its leaf, so that a tree has one place for a wallet, and a check of a path checks
the place. A subtree without wallets is 32 zero bytes; leaves and inner nodes are hashed with different
first bytes, so that neither can be shown as the other.

The lowest ten levels make a *page* of 1,024 ids. A day's root keeps the hashes of all pages and the
leaves of those pages that changed, so a path costs one page and not the whole tree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

DEPTH = 63
"""Levels above the leaves: as many as a wallet's id, a positive 64-bit integer, has bits."""

PAGE_DEPTH = 10
PAGE_WALLETS = 1 << PAGE_DEPTH

EMPTY = bytes(32)
"""The hash of a subtree that holds no wallet."""

_LEAF, _NODE = b"\x00", b"\x01"

Level: TypeAlias = Mapping[int, bytes]
"""The hashes of one level that are not empty, by their place from the left."""


class Leaf(NamedTuple):
    """A wallet as a root covers it: its last entry's number, and that entry's hash."""

    wallet: int
    number: int
    head: bytes

    def hash(self) -> bytes:
        """SHA-256 over a zero byte, the wallet's id and the number (8 bytes each), and the head."""
        place = self.wallet.to_bytes(8, "big") + self.number.to_bytes(8, "big")
        return hashlib.sha256(_LEAF + place + self.head).digest()


def page_of(wallet: int) -> int:
    """The number of the page on which a wallet's leaf stands."""
    return wallet >> PAGE_DEPTH


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 over a one byte and both children; empty over two empty ones."""
    if left == right == EMPTY:
        return EMPTY
    return hashlib.sha256(_NODE + left + right).digest()


def top_of(level: Level, levels: int) -> bytes:
    """The hash that lies so many levels above, over a part of the tree or over all of it."""
    for _ in range(levels):
        level = _above(level)
    assert len(level) <= 1, "one node lies above them all"
    return next(iter(level.values()), EMPTY)


def _above(level: Level) -> Level:
    return {
        place: node_hash(level.get(2 * place, EMPTY), level.get(2 * place + 1, EMPTY))
        for place in dict.fromkeys(below >> 1 for below in level)
    }


def path_in(level: Level, place: int, levels: int) -> tuple[bytes, ...]:
    """The siblings on the way up from a place of that level, lowest first."""
    siblings = []
    for _ in range(levels):
        siblings.append(level.get(place ^ 1, EMPTY))
        level, place = _above(level), place >> 1
    return tuple(siblings)


def root_over(pages: Level) -> bytes:
    """The root over the pages' hashes."""
    return top_of(pages, DEPTH - PAGE_DEPTH)
