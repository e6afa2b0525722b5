"""The hash chain: each entry's hash covers its line and the hash before it.

To change a line is to change every later hash of that wallet, and the head in the wallet's row; an old
head gives it away. Texts are preceded by their length, so that no two different entries have the same
line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from connects.journal.port import EMPTY_CHAIN, Record, Row
from connects.journal.rows import entry_columns
from connects.ledger.entries import Entry


def chain_hash(previous: bytes, entry: Entry, recorded: datetime) -> bytes:
    """SHA-256 over the previous hash and the entry's line."""
    return chained(previous, entry_columns(entry, recorded))[-1]  # type: ignore[no-any-return]


def chained(previous: bytes, columns: Row) -> Row:
    """An entry's whole row: its columns, and the hash over them and the hash before."""
    return (*columns, hashlib.sha256(previous + line_of_columns(columns)).digest())


def line_of_columns(columns: Row) -> bytes:
    """The line, from the columns as they are stored; the order of its fields is for ever.

    It was settled with draws as `lot,credits,cost` between semicolons, so it is made of the brackets
    in which they are stored.
    """
    (
        wallet,
        number,
        kind,
        credits,
        balance,
        draws,
        lot_credits,
        lot_cost_cents,
        lot_expires,
        debt_change,
        withheld,
        reference,
        key,
        digest,
        rule_book,
        effective,
        recorded,
    ) = columns
    issued = ""
    if lot_credits is not None:
        expires = "never" if lot_expires is None else lot_expires
        issued = f"{lot_credits},{lot_cost_cents},{expires}"
    return (
        f"{wallet}|{number}|{kind}|{credits}|{balance}|"
        f"{draws[2:-2].replace('],[', ';')}|{issued}|{debt_change}|{withheld}|"
        f"{len(reference)}:{reference}|{len(key)}:{key}|"
        f"{digest.hex()}|{len(rule_book)}:{rule_book}|{effective}|{recorded}"
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
