"""Reading a long history in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from connects.journal.port import ExpiringLot, Record, Store

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


def lots_expiring(
    store: Store, after: datetime, until: datetime, page: int
) -> Iterator[ExpiringLot]:
    """The lots that were issued to expire after the first instant and at or before the second.

    Very many may end at one instant, so a page begins after a lot and not after an instant.
    """
    place: datetime | ExpiringLot = after
    while lots := store.lots_expiring(place, until, page):
        yield from lots
        place = lots[-1]


def whole_wallets(lots: Iterable[ExpiringLot], size: int) -> Iterator[list[ExpiringLot]]:
    """Batches of about that size; what a wallet loses at one instant stands in one batch."""
    batch: list[ExpiringLot] = []
    for _, own in groupby(lots, key=lambda lot: (lot.expires, lot.wallet)):
        batch.extend(own)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
