"""The bare limit: a wallet's row is updated and a journal row with a unique key inserted, and no more.

By arrays on PostgreSQL, by executemany on SQLite, in batches on one connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random


def bare_tables(wallets: int) -> None:
    from django.db import connection, transaction

    every = range(1, wallets + 1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_wallet (id BIGINT PRIMARY KEY, balance INT, last INT)")
        cursor.execute(
            "CREATE TABLE bare_entry (wallet BIGINT, number INT, credits INT, balance INT,"
            " key TEXT, at BIGINT, PRIMARY KEY (wallet, number), UNIQUE (wallet, key))"
        )
        cursor.executemany("INSERT INTO bare_wallet VALUES (%s, 300, 0)", [(w,) for w in every])
        cursor.executemany(
            "INSERT INTO bare_entry VALUES (%s, 0, 300, 300, 'fill', 0)", [(w,) for w in every]
        )


BareBatch = tuple[list[int], list[int], list[str]]


def bare_batches(chance: Random, wallets: int, size: int, batches: int) -> Iterator[BareBatch]:
    name, first = f"{chance.getrandbits(32):x}", chance.getrandbits(30)
    for batch in range(batches):
        yield (
            chance.sample(range(1, wallets + 1), size),
            [first + batch * size + number for number in range(size)],
            [f"{name}-{batch}-{number}" for number in range(size)],
        )


def write_bare(batch: BareBatch) -> None:
    from django.db import connection, transaction

    wallets, numbers, keys = batch
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE bare_wallet SET balance = balance - 4, last = last + 1"
                " WHERE id = ANY(%s::bigint[])",
                [wallets],
            )
            cursor.execute(
                "INSERT INTO bare_entry SELECT w, n, -4, 0, k, 0"
                " FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS t(w, n, k)",
                [wallets, numbers, keys],
            )
        else:
            cursor.executemany(
                "UPDATE bare_wallet SET balance = balance - 4, last = last + 1 WHERE id = %s",
                [(wallet,) for wallet in wallets],
            )
            cursor.executemany(
                "INSERT INTO bare_entry VALUES (%s, %s, -4, 0, %s, 0)",
                list(zip(wallets, numbers, keys, strict=True)),
            )
