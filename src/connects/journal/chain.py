"""The hash chain: each entry's hash covers its line and the hash before it.

Whoever changes a line must change every later hash of that wallet, and the head in the wallet's row;
whoever holds an old head can tell. Texts are preceded by their length, so that no two different
entries have the same line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from connects.journal.moments import microseconds
from connects.journal.port import EMPTY_CHAIN, Record
from connects.ledger.entries import Entry


def chain_hash(previous: bytes, entry: Entry, recorded: datetime) -> bytes:
    """SHA-256 over the previous hash and the entry's line."""
    return hashlib.sha256(previous + line_of(entry, recorded)).digest()


def line_of(entry: Entry, recorded: datetime) -> bytes:
    """The entry as the bytes that its hash covers; the order of the fields is for ever."""
    draws = ";".join([f"{draw.lot},{draw.credits},{draw.cost_cents}" for draw in entry.draws])
    lot = entry.lot
    issued = ""
    if lot is not None:
        expires = "never" if lot.expires is None else microseconds(lot.expires)
        issued = f"{lot.credits},{lot.cost_cents},{expires}"
    return (
        f"{entry.wallet}|{entry.number}|{entry.kind.value}|{entry.credits}|{entry.balance}|"
        f"{draws}|{issued}|{entry.debt_change}|{entry.withheld}|"
        f"{len(entry.reference)}:{entry.reference}|{len(entry.key)}:{entry.key}|"
        f"{entry.digest.hex()}|{len(entry.rule_book)}:{entry.rule_book}|"
        f"{microseconds(entry.effective)}|{microseconds(recorded)}"
    ).encode()


def broken_links(
    records: Iterable[Record], head: bytes, previous: bytes = EMPTY_CHAIN
) -> list[str]:
    """Where a wallet's chain does not hold, from the entry after `previous` to the last one."""
    breaches = []
    for record in records:
        if record.hash != chain_hash(previous, record.entry, record.recorded):
            breaches.append(f"entry {record.entry.number}: its hash does not match its line")
        previous = record.hash
    if head != previous:
        breaches.append("wallet: the stored head is not the hash of its last entry")
    return breaches
