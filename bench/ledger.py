"""How fast the journal posts, beside bare writes in SQL on the same database in the same run.

python -m bench.ledger [--wallets 100000] [--rounds 5] [--json]
python -m tests.servers.postgres -- .venv/bin/python -m bench.ledger

The bare limit updates a wallet's row and inserts a journal row with a unique key, by arrays
(PostgreSQL) or executemany (SQLite), in batches of 1,000 on one connection, and does nothing else.
Both sides begin with one entry in every wallet, both commit each batch with the database's own
durability, and for both the clock runs while a batch is written and not while it is made up. Rounds
alternate between the two, and a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connects.ledger.commands import Command

NOW = datetime(2019, 5, 20, tzinfo=UTC)
DAY = timedelta(days=1)
FILLED = 300
PLAN = 70
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result: what was written how fast, and beside it the bare limit."""

    name: str
    batch: int
    per_second: int
    of_bare: float


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    os.environ["CONNECTS_VAR"] = tempfile.mkdtemp(prefix="connects-bench-")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def frame(wallet: int, key: str, at: datetime = NOW) -> dict[str, Any]:
    return {
        "wallet": wallet,
        "key": key,
        "reference": f"proposal:{key}",
        "rule_book": "upwork-2019-05@1",
        "effective": at,
    }


def post(commands: Sequence[Command], at: datetime = NOW) -> None:
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.vocabulary.refusals import Refused

    with transaction.atomic():
        outcomes = journal().post(commands, at)
    assert not any(isinstance(outcome, Refused) for outcome in outcomes)


def fill(wallets: int) -> None:
    """One bought lot for every wallet, each with instants of its own."""
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.ledger.commands import Issue
    from connects.ledger.lots import LotKind

    with transaction.atomic():
        journal().store.open_wallets(range(1, wallets + 1))
    for first in range(1, wallets + 1, BATCH):
        post(
            [
                Issue(
                    **frame(wallet, "fill", NOW - 30 * DAY + wallet * timedelta(seconds=1.000007)),
                    kind=LotKind.PURCHASE,
                    credits=FILLED,
                    cost_cents=FILLED * 15,
                    expires=NOW + 335 * DAY + wallet * timedelta(seconds=1.000007),
                )
                for wallet in range(first, min(first + BATCH, wallets + 1))
            ]
        )


def spends(chance: Random, wallets: int, size: int, batches: int) -> Iterator[list[Command]]:
    from connects.ledger.commands import Spend

    name = f"{chance.getrandbits(32):x}"
    for batch in range(batches):
        yield [
            Spend(**frame(wallet, f"{name}-{batch}-{number}"), credits=4)
            for number, wallet in enumerate(chance.choices(range(1, wallets + 1), k=size))
        ]


def renewals(chance: Random, wallets: int, size: int, batches: int) -> Iterator[list[Command]]:
    """What a billing cycle brings: what is over the limit is forfeited, then the plan's are issued."""
    from connects.ledger.commands import Forfeit, Issue
    from connects.ledger.lots import LotKind

    name = f"{chance.getrandbits(32):x}"
    for batch in range(batches):
        commands: list[Command] = []
        for wallet in chance.sample(range(1, wallets + 1), size):
            trim, plan = f"{name}-{batch}:rollover", f"{name}-{batch}:plan"
            commands += [
                Forfeit(**frame(wallet, trim), keep=FILLED + PLAN, bought_too=False),
                Issue(
                    **frame(wallet, plan),
                    kind=LotKind.PLAN,
                    credits=PLAN,
                    cost_cents=14_99,
                    expires=NOW + 365 * DAY,
                ),
            ]
        yield commands


def expiries(chance: Random, wallets: int, size: int, batches: int) -> Iterator[list[Command]]:
    """A sweep of wallets in each of which one lot has come due, which is issued here beforehand."""
    from connects.ledger.commands import Expire, Issue
    from connects.ledger.lots import LotKind

    name = f"{chance.getrandbits(32):x}"
    chosen = chance.sample(range(1, wallets + 1), size * batches)
    for first in range(0, len(chosen), size):
        part = chosen[first : first + size]
        post(
            [
                Issue(
                    **frame(wallet, f"{name}-given"),
                    kind=LotKind.COURTESY,
                    credits=10,
                    expires=NOW + DAY,
                )
                for wallet in part
            ]
        )
        yield [Expire(**frame(wallet, f"{name}-sweep", NOW + DAY)) for wallet in part]


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


def per_second(write: Callable[[Any], None], batches: Iterator[Any], size: int) -> float:
    """How many rows of the batches are written in a second, each batch made up off the clock."""
    written, spent = 0, 0.0
    for batch in batches:
        began = time.perf_counter()
        write(batch)
        spent += time.perf_counter() - began
        written += size
    return written / spent


def measure(wallets: int, rounds: int) -> list[Row]:
    """Each row's median over the rounds; the bare limit stands first."""
    posted: list[tuple[str, Callable[..., Iterator[Any]], int, int]] = [
        ("spends", spends, 1, 500),
        ("spends", spends, 100, 50),
        ("spends", spends, BATCH, 20),
        ("renewals", renewals, BATCH, 10),
        ("expiries", expiries, BATCH, 10),
    ]
    rates: dict[tuple[str, int], list[float]] = {}
    limits = []
    for number in range(rounds):
        chance = Random(number)
        limits.append(per_second(write_bare, bare_batches(chance, wallets, BATCH, 20), BATCH))
        for name, made, size, batches in posted:
            write = _sweep if made is expiries else post
            rate = per_second(write, made(chance, wallets, size, batches), size)
            rates.setdefault((name, size), []).append(rate)
    rows = [Row("bare SQL", BATCH, round(statistics.median(limits)), 1.0)]
    for (name, size), found in rates.items():
        ratios = [rate / limit for rate, limit in zip(found, limits, strict=True)]
        middle = round(statistics.median(found))
        rows.append(Row(name, size, middle, round(statistics.median(ratios), 2)))
    return rows


def _sweep(commands: Sequence[Command]) -> None:
    post(commands, NOW + DAY)


def main() -> None:
    asked = argparse.ArgumentParser(description="How fast the journal posts.")
    asked.add_argument("--wallets", type=int, default=100_000, help="at least 10,000")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--json", action="store_true", help="the result as JSON, for programs")
    options = asked.parse_args()
    prepare()
    from django.db import connection

    from connects.due.worker import GARBAGE_THRESHOLD

    fill(options.wallets)
    # As the worker does, for both sides.
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 20)
    bare_tables(options.wallets)
    rows = measure(options.wallets, options.rounds)
    if options.json:
        result = {"database": connection.vendor, **vars(options), "rows": [*map(asdict, rows)]}
        print(json.dumps(result, indent=2))
        return
    print(f"{connection.vendor}, {options.wallets:,} wallets, medians of {options.rounds} rounds")
    for row in rows:
        what = f"{row.name}, batches of {row.batch:,}"
        print(f"{what:<26} {row.per_second:>8,} wallets a second, {row.of_bare:.2f} of bare")


if __name__ == "__main__":
    main()
