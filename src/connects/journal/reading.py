"""Reading a long history in pages."""

from __future__ import annotations

from collections.abc import Iterator

from connects.journal.port import Record, Store

PAGE = 1_000


def every_record(store: Store) -> Iterator[Record]:
    """The records of all wallets, in the order of wallets and numbers."""
    place = (0, 0)
    while True:
        page = store.entries_after(place, PAGE)
        yield from page
        if len(page) < PAGE:
            return
        place = (page[-1].entry.wallet, page[-1].entry.number)


def all_records(store: Store, wallet: int, number: int = 1) -> Iterator[Record]:
    """A wallet's records from that number on, oldest first."""
    while True:
        page = store.entries_from(wallet, number, PAGE)
        yield from page
        if len(page) < PAGE:
            return
        number = page[-1].entry.number + 1
