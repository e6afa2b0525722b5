"""What a spend costs as wallets, entries and lots become many.

    python -m tests.servers.postgres -- .venv/bin/python -m bench.ledger.growth [--most 1000000]

Wallets and their first entries are made by the database itself, without hashes that hold, so the result
is good for nothing but to be measured. Each line is the median over batches of 1,000 spends of random
wallets, beside batches of the bare limit, whose tables stay as they are: what the machine does
meanwhile slows both. The last lines are of wallets that hold many lots.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import TYPE_CHECKING, Any

from bench.bare import bare_batches, bare_tables, write_bare
from bench.installation import prepare
from bench.ledger.workload import BATCH, frame, post, spends

if TYPE_CHECKING:
    from connects.ledger.commands import Command

BATCHES = 30
WARMING = 60
BARE_WALLETS = 100_000
# One for all, so that no batch repeats the keys of another.
CHANCE = Random(1)
LOTS = (1, 10, 100, 1_000, 5_000)
MANY_LOTS_WALLETS = 20
FILL_WALLETS = """
INSERT INTO journal_wallet (id, balance, debt, last_entry, moment, next_expiry, head, lots)
SELECT n, 300, 0, {entries}, 1555718400000000 + n, 1587254400000000 + n, '\\x{hash}',
 '[[1,"purchase",300,4500,1555718400000000,' || (1587254400000000 + n) || ']]'
FROM generate_series({first}, {last}) AS n
"""
FILL_ENTRIES = """
INSERT INTO journal_entry
SELECT w, number, 'spend', 0, 300, '[]', NULL, NULL, NULL, 0, 0, 'fill', 'fill-' || w || '-' || number,
 '\\x00', 'upwork-2019-05@1', 1555718400000000, 1555718400000000, '\\x{hash}'
FROM generate_series({first}, {last}) AS w,
LATERAL (SELECT n AS number FROM generate_series({from_entry}, {to_entry}) AS n) AS numbers
"""
# A wallet after another, so that the indexes grow at one place: only their size matters here.

FILLED_AT_ONCE = 1_000_000


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


def fill_entries(first: int, last: int, from_entry: int, to_entry: int) -> None:
    """Entries of these numbers for these wallets, as many wallets at once as keeps a statement short."""
    step = max(FILLED_AT_ONCE // (to_entry - from_entry + 1), 1)
    for begin in range(first, last + 1, step):
        end = min(begin + step - 1, last)
        run(
            FILL_ENTRIES.format(
                first=begin, last=end, from_entry=from_entry, to_entry=to_entry, hash="{hash}"
            )
        )


def microseconds(batches: Iterator[Any], write: Callable[[Any], None]) -> list[float]:
    """The time for each command or row of each batch, in microseconds."""
    found = []
    for batch in batches:
        began = time.perf_counter()
        write(batch)
        size = len(batch[0]) if isinstance(batch, tuple) else len(batch)
        found.append((time.perf_counter() - began) / size * 1e6)
    return found


def spent(wallets: int) -> dict[str, float]:
    """What a spend costs now, and a row of the bare limit, in turn."""
    warm_up(wallets)
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(BATCHES // 5):
        ours += microseconds(spends(CHANCE, wallets, BATCH, 5), post)
        bare += microseconds(bare_batches(CHANCE, BARE_WALLETS, BATCH, 5), write_bare)
    cost, limit = statistics.median(ours), statistics.median(bare)
    return {
        "microseconds": round(cost, 1),
        "bare": round(limit, 1),
        "times_bare": round(cost / limit, 2),
    }


def over_wallets(most: int) -> Iterator[dict[str, float]]:
    """Ever more wallets, with one entry each."""
    last = 0
    for wallets in sizes(most):
        run(FILL_WALLETS.format(entries=1, first=last + 1, last=wallets, hash="{hash}"))
        fill_entries(last + 1, wallets, 1, 1)
        last = wallets
        settle()
        yield {"wallets": wallets, "entries": wallets, **spent(wallets)}


def warm_up(wallets: int) -> None:
    """Post for a while: each page's first change after a checkpoint is logged whole."""
    for batch in spends(CHANCE, wallets, BATCH, WARMING):
        post(batch)
    for rows in bare_batches(CHANCE, BARE_WALLETS, BATCH, WARMING // 3):
        write_bare(rows)


def sizes(most: int) -> list[int]:
    return [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= most]


def over_entries(wallets: int, all_wallets: int, most: int) -> Iterator[dict[str, float]]:
    """Ever more entries of some wallets, beyond the numbers that spends will take.

    `all_wallets` have an entry each already. At the largest size once more with pages compressed when
    they are logged whole, which is what grows there.
    """
    number = first = 1_000_000
    for each in (10, 90, 900):
        if all_wallets + wallets * (number - first + each) > most:
            break
        fill_entries(1, wallets, number + 1, number + each)
        number += each
        settle()
        entries = all_wallets + wallets * (number - first)
        yield {"wallets": all_wallets, "entries": entries, **spent(all_wallets)}
    run("SET wal_compression = on")
    settle()
    entries = all_wallets + wallets * (number - first)
    yield {"wallets": all_wallets, "entries": entries, "compressed": 1, **spent(all_wallets)}


def over_lots(first_wallet: int) -> Iterator[tuple[int, float]]:
    """Wallets with ever more lots, one spend of each in a batch."""
    from connects.journal.databases.choose import store_of
    from connects.ledger.commands import Issue
    from connects.ledger.lots import LotKind

    wallet = first_wallet
    for lots in LOTS:
        own = range(wallet + 1, wallet + MANY_LOTS_WALLETS + 1)
        wallet += MANY_LOTS_WALLETS
        store_of().open_wallets(own)
        for each in own:
            post(
                [
                    Issue(**frame(each, f"lot-{n}"), kind=LotKind.BONUS, credits=90, expires=None)
                    for n in range(lots)
                ]
            )
        yield lots, round(statistics.median(microseconds(_one_each(own), post)), 1)


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
    bare_tables(BARE_WALLETS)
    for line in over_wallets(options.most):
        print(json.dumps(line), flush=True)
    filled = min(options.most, 100_000)
    for line in over_entries(filled, options.most, options.most * 10 + options.most):
        print(json.dumps(line), flush=True)
    for lots, cost in over_lots(options.most):
        print(json.dumps({"lots": lots, "microseconds": cost}), flush=True)


if __name__ == "__main__":
    main()
