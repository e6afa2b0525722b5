"""What publishing costs the ledger: batches of spends with their marks and without, in turns.

python -m bench.service.publishing --wallets N

A trigger that lets no row in stands for a journal without marks; its own few microseconds a batch are
on publishing's side.
"""

from __future__ import annotations

import argparse
import json
import statistics
from random import Random

from bench.installation import prepare
from bench.ledger.workload import BATCH, NOW, post, spends
from bench.rates import per_second

ROUNDS = 9
BATCHES = 10
SUPPRESS = (
    "CREATE FUNCTION bench_no_mark() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RETURN NULL; END';"
    " CREATE TRIGGER bench_no_mark BEFORE INSERT ON journal_mark"
    " FOR EACH ROW EXECUTE FUNCTION bench_no_mark()"
)
RESTORE = "DROP TRIGGER bench_no_mark ON journal_mark; DROP FUNCTION bench_no_mark()"


def publish_cost(wallets: int) -> float:
    """By which share a batch takes longer where it is marked: the median of alternating rounds."""
    costs = []
    for number in range(ROUNDS):
        chance = Random(number)
        marked = _rate(chance, wallets)
        _execute(SUPPRESS)
        bare = _rate(chance, wallets)
        _execute(RESTORE)
        costs.append(bare / marked - 1)
    return statistics.median(costs)


def _rate(chance: Random, wallets: int) -> float:
    return per_second(
        lambda commands: post(commands, NOW), spends(chance, wallets, BATCH, BATCHES), BATCH
    )


def _execute(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--wallets", type=int, required=True)
    options = asked.parse_args()
    prepare()
    print(json.dumps({"publish_cost": publish_cost(options.wallets)}))


if __name__ == "__main__":
    main()
