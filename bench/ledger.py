"""How fast spends are posted, beside the same writes in bare SQL on the same database.

python -m tests.servers.postgres -- .venv/bin/python -m bench.ledger

The bare limit updates a wallet's row and inserts a journal row with a unique key, by arrays
(PostgreSQL) or executemany (SQLite), in batches of 1,000 on one connection, and does nothing else.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

WALLETS = 20_000
ROUNDS = 5
NOW = datetime(2019, 5, 20, tzinfo=UTC)


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    os.environ["CONNECTS_VAR"] = tempfile.mkdtemp(prefix="connects-bench-")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def fill() -> None:
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.ledger.commands import Issue
    from connects.ledger.lots import LotKind

    with transaction.atomic():
        journal().store.open_wallets(range(1, WALLETS + 1))
        for first in range(1, WALLETS + 1, 1_000):
            journal().post(
                [
                    Issue(
                        wallet=wallet,
                        key="fill",
                        reference="fill",
                        rule_book="bench@1",
                        effective=NOW,
                        kind=LotKind.PURCHASE,
                        credits=100_000,
                        cost_cents=1_500_000,
                        expires=NOW + timedelta(days=365),
                    )
                    for wallet in range(first, first + 1_000)
                ],
                NOW,
            )


def post_batches(size: int, total: int, seed: int) -> None:
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.ledger.commands import Spend

    chance = Random(seed)
    for batch in range(total // size):
        commands = [
            Spend(
                wallet=chance.randrange(1, WALLETS + 1),
                key=f"{seed}-{batch}-{number}",
                reference=f"proposal:{seed}-{batch}-{number}",
                rule_book="bench@1",
                effective=NOW,
                credits=4,
            )
            for number in range(size)
        ]
        with transaction.atomic():
            journal().post(commands, NOW)


def bare_tables() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_wallet (id BIGINT PRIMARY KEY, balance INT, last INT)")
        cursor.execute(
            "CREATE TABLE bare_entry (wallet BIGINT, number INT, credits INT, balance INT,"
            " key TEXT, at BIGINT, PRIMARY KEY (wallet, number), UNIQUE (wallet, key))"
        )
        cursor.executemany(
            "INSERT INTO bare_wallet VALUES (%s, 100000, 0)",
            [(wallet,) for wallet in range(1, WALLETS + 1)],
        )


def bare_batches(size: int, total: int, seed: int) -> None:
    from django.db import connection, transaction

    chance = Random(seed)
    for batch in range(total // size):
        wallets = chance.sample(range(1, WALLETS + 1), size)
        keys = [f"{seed}-{batch}-{number}" for number in range(size)]
        numbers = [seed * 20_000 + batch * size + n for n in range(size)]
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


def per_second(run: Callable[[int, int, int], None], size: int, total: int) -> float:
    rates = []
    for round_number in range(1, ROUNDS + 1):
        began = time.perf_counter()
        run(size, total, size * 10 + round_number)
        rates.append(total / (time.perf_counter() - began))
    return statistics.median(rates)


def main() -> None:
    prepare()
    from django.db import connection

    fill()
    bare_tables()
    limit = per_second(bare_batches, 1_000, 20_000)
    print(f"{connection.vendor}, {WALLETS:,} wallets, medians of {ROUNDS}")
    print(f"bare SQL, batches of 1,000 {limit:>10,.0f} spends a second")
    for size, total in ((1, 1_000), (100, 10_000), (1_000, 20_000)):
        rate = per_second(post_batches, size, total)
        print(
            f"post, batches of {size:<9,} {rate:>10,.0f} spends a second, {rate / limit:.2f} of bare"
        )


if __name__ == "__main__":
    main()
