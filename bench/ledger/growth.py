"""What a spend costs as wallets, entries and lots become many.

    python -m tests.servers.postgres -- .venv/bin/python -m bench.ledger.growth [--most 1000000]

Wallets and their first entries are made by the database itself, without hashes that hold, so the result
is good for nothing but to be measured. Each line is the median over batches of 1,000 spends of random
wallets; the last ones are of wallets that hold many lots.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

from bench.installation import prepare
from bench.ledger.workload import BATCH, frame, post, spends

if TYPE_CHECKING:
    from connects.ledger.commands import Command

BATCHES = 30
WARMING = 60
LOTS = (1, 10, 100, 1_000, 5_000)
MANY_LOTS_WALLETS = 20
FILL_WALLETS = """
INSERT INTO journal_wallet
SELECT n, 300, 0, {entries}, 1555718400000000 + n, 1587254400000000 + n, '\\x{hash}',
 '[[1,"purchase",300,4500,1555718400000000,' || (1587254400000000 + n) || ']]'
FROM generate_series({first}, {last}) AS n
"""
FILL_ENTRIES = """
INSERT INTO journal_entry
SELECT w, number, 'spend', 0, 300, '[]', NULL, NULL, NULL, 0, 0, 'fill', 'fill-' || w || '-' || number,
 '\\x00', 'upwork-2019-05@1', 1555718400000000, 1555718400000000, '\\x{hash}'
FROM generate_series({from_entry}, {to_entry}) AS number, generate_series(1, {wallets}) AS w
"""


def run(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{hash}", "00" * 32))


def settle() -> None:
    """What a running server does by and by."""
    for statement in (
        "VACUUM ANALYZE journal_wallet",
        "VACUUM ANALYZE journal_entry",
        "CHECKPOINT",
    ):
        run(statement)


def microseconds(batches: Iterator[list[Command]]) -> float:
    """The median time for each command, in microseconds."""
    found = []
    for batch in batches:
        began = time.perf_counter()
        post(batch)
        found.append((time.perf_counter() - began) / len(batch) * 1e6)
    return round(statistics.median(found), 1)


def over_wallets(most: int) -> Iterator[tuple[int, int, float]]:
    """Ever more wallets, with one entry each."""
    last = 0
    for wallets in sizes(most):
        run(FILL_WALLETS.format(entries=1, first=last + 1, last=wallets, hash="{hash}"))
        run(
            FILL_ENTRIES.format(from_entry=1, to_entry=1, wallets=wallets, hash="{hash}").replace(
                "generate_series(1, ", f"generate_series({last + 1}, "
            )
        )
        last = wallets
        settle()
        warm_up(wallets)
        cost = microseconds(spends(Random(wallets), wallets, BATCH, BATCHES))
        yield wallets, wallets, cost


def warm_up(wallets: int) -> None:
    """Post for a while: each page's first change after a checkpoint is logged whole."""
    for batch in spends(Random(0), wallets, BATCH, WARMING):
        post(batch)


def sizes(most: int) -> list[int]:
    return [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= most]


def over_entries(wallets: int, most: int) -> Iterator[tuple[int, int, float]]:
    """Ever more entries of the same wallets, beyond the numbers that spends will take."""
    number = 1_000_000
    for each in (9, 30, 100, 300):
        if wallets * each > most:
            return
        run(
            FILL_ENTRIES.format(
                from_entry=number + 1, to_entry=number + each, wallets=wallets, hash="{hash}"
            )
        )
        number += each
        settle()
        warm_up(wallets)
        cost = microseconds(spends(Random(each), wallets, BATCH, BATCHES))
        yield wallets, wallets * (1 + number - 1_000_000), cost


def over_lots(first_wallet: int) -> Iterator[tuple[int, float]]:
    """Wallets with ever more lots, one spend of each in a batch."""
    from connects.journal.sql import SqlStore
    from connects.ledger.commands import Issue
    from connects.ledger.lots import LotKind

    wallet = first_wallet
    for lots in LOTS:
        own = range(wallet + 1, wallet + MANY_LOTS_WALLETS + 1)
        wallet += MANY_LOTS_WALLETS
        SqlStore().open_wallets(own)
        for each in own:
            post(
                [
                    Issue(**frame(each, f"lot-{n}"), kind=LotKind.BONUS, credits=90, expires=None)
                    for n in range(lots)
                ]
            )
        yield lots, microseconds(_one_each(own))


def _one_each(wallets: range) -> Iterator[list[Command]]:
    from connects.ledger.commands import Spend

    for number in range(BATCHES):
        yield [Spend(**frame(wallet, f"spend-{number}"), credits=1) for wallet in wallets]


def main() -> None:
    asked = argparse.ArgumentParser(description="What a spend costs as things become many.")
    asked.add_argument("--most", type=int, default=1_000_000, help="wallets, and entries times ten")
    options = asked.parse_args()
    prepare()
    from connects.due.worker import GARBAGE_THRESHOLD

    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 20)
    for wallets, entries, cost in over_wallets(options.most):
        print(
            json.dumps({"wallets": wallets, "entries": entries, "microseconds": cost}), flush=True
        )
    for wallets, entries, cost in over_entries(min(options.most, 100_000), options.most * 10):
        print(
            json.dumps({"wallets": wallets, "entries": entries, "microseconds": cost}), flush=True
        )
    for lots, cost in over_lots(options.most):
        print(json.dumps({"lots": lots, "microseconds": cost}), flush=True)


if __name__ == "__main__":
    main()
