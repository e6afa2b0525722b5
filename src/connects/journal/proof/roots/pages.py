"""A tree's pages as bytes: what a root keeps, so that paths can be found later."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from connects.journal.port import EntryId, Record, StoredWallet
from connects.journal.proof.roots.tree import PAGE_DEPTH, PAGE_WALLETS, Leaf, Level, page_of, top_of

_PAGE = struct.Struct(">q32s")
_LEAF = struct.Struct(">qq")


def pages_as_bytes(pages: Level) -> bytes:
    return b"".join(_PAGE.pack(page, pages[page]) for page in sorted(pages))


def pages_from_bytes(packed: bytes) -> dict[int, bytes]:
    return dict(_PAGE.iter_unpack(packed))


def leaves_as_bytes(leaves: Iterable[Leaf]) -> bytes:
    return b"".join(_LEAF.pack(leaf.wallet, leaf.number) for leaf in leaves)


def ids_from_bytes(packed: bytes) -> list[EntryId]:
    """The wallets of a page, each with the number of its last entry."""
    return list(_LEAF.iter_unpack(packed))


def leaves_of(ids: Sequence[EntryId], records: Mapping[EntryId, Record]) -> list[Leaf]:
    """The leaves again, with the hashes that the journal has for them now; missing ones are left out."""
    return [Leaf(*place, records[place].hash) for place in ids if place in records]


def places(leaves: Iterable[Leaf]) -> dict[int, bytes]:
    """The lowest level of a page: each leaf's hash by its place on the page."""
    return {leaf.wallet % PAGE_WALLETS: leaf.hash() for leaf in leaves}


def page_hash(leaves: Iterable[Leaf]) -> bytes:
    return top_of(places(leaves), PAGE_DEPTH)


def leaves_by_page(wallets: Iterable[StoredWallet]) -> Iterable[tuple[int, list[Leaf]]]:
    """The leaves of wallets that are given in the order of their ids; empty wallets have none."""
    leaves = (
        Leaf(stored.wallet.id, stored.wallet.last_entry, stored.head)
        for stored in wallets
        if stored.wallet.last_entry
    )
    for page, found in groupby(leaves, key=lambda leaf: page_of(leaf.wallet)):
        yield page, list(found)
