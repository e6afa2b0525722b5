"""What SQLite's own executemany makes of the very rows that the journal writes, without the journal."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

Rows = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], str]
"""Wallets, entries, and the mark of the entries."""

LOTS = '[[1,"purchase",296,4440,1555718400000000,1587254400000000]]'
AT = 1_558_310_400_000_000
HASH = bytes(range(32))
NUMBER_FIRST = 1_000_000


def copy_tables() -> None:
    """The journal's tables with their rows and indexes, under other names."""
    from django.db import connection

    from connects.journal import schema

    with connection.cursor() as cursor:
        for statement in schema.creation("sqlite"):
            if "TRIGGER" not in statement:
                cursor.execute(statement.replace("journal_", "same_"))
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_mark'")
        cursor.execute(cursor.fetchone()[0].replace("journal_", "same_"))
        for table in ("wallet", "entry", "mark"):
            cursor.execute(f"INSERT INTO same_{table} SELECT * FROM journal_{table}")


def batches(chance: Random, wallets: int, size: int, count: int) -> Iterator[Rows]:
    name = f"{chance.getrandbits(32):x}"
    for batch in range(count):
        chosen = sorted(chance.sample(range(1, wallets + 1), size))
        numbers = range(NUMBER_FIRST + chance.getrandbits(30), 2**62)
        changes = [(296, 0, 2, AT, HASH, LOTS, 0, wallet) for wallet in chosen]
        entries = [
            (
                *(wallet, number, "spend", -4, 296, "[[1,-4,-60]]", None, None, None, 0, 0),
                *(f"proposal:{name}-{batch}-{place}", f"{name}-{batch}-{place}", HASH[:16]),
                *("upwork-2019-05@1", AT, AT, HASH),
            )
            for place, (wallet, number) in enumerate(zip(chosen, numbers, strict=False))
        ]
        yield changes, entries, ";".join(f"{row[0]},{row[1]},{row[1]}" for row in entries)


def write(rows: Rows) -> None:
    from django.db import connection, transaction

    changes, entries, mark = rows
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE same_wallet SET balance = %s, debt = %s, last_entry = %s, moment = %s,"
            " head = %s, lots = %s, held = %s WHERE id = %s",
            changes,
        )
        cursor.executemany(
            f"INSERT INTO same_entry VALUES ({', '.join(['%s'] * len(entries[0]))})", entries
        )
        cursor.execute("INSERT INTO same_mark (spans) VALUES (%s)", [mark])
