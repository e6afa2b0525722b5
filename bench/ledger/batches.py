"""Batches of commands, beside the bare limit in the same run.

Both sides begin with tidied tables and one entry in every wallet, both commit each batch with the
database's own durability, and for both the clock runs while a batch is written and not while it is made
up. Rounds alternate between the two, and a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from bench.bare import bare_batches, bare_tables, write_bare
from bench.ledger import same_rows
from bench.ledger.result import Rate, Row, rate, rounded
from bench.ledger.workload import BATCH, DAY, NOW, expiries, post, renewals, spends
from bench.rates import per_second

if TYPE_CHECKING:
    from connects.ledger.commands import Command

Batches = Callable[[Random, int, int, int], Iterator[Any]]

POSTED: tuple[tuple[str, Batches, int, int], ...] = (
    ("spends", spends, 1, 500),
    ("spends", spends, 100, 50),
    ("spends", spends, BATCH, 20),
    ("renewals", renewals, BATCH, 10),
    ("expiries", expiries, BATCH, 10),
)
"""What is posted, in batches of which size, and how many of them a round has."""


def measure(vendor: str, wallets: int, rounds: int) -> list[Row]:
    """Each row's median over the rounds; the bare limit stands first."""
    name, batches, write = _limit(vendor, wallets)
    if vendor == "postgresql":
        _tidy()
    limits: list[float] = []
    rates: dict[tuple[str, int], list[float]] = {}
    for number in range(rounds):
        chance = Random(number)
        limits.append(per_second(write, batches(chance, wallets, BATCH, 20), BATCH))
        for what, made, size, count in POSTED:
            posting = _sweep if made is expiries else _post
            reached = per_second(posting, made(chance, wallets, size, count), size)
            rates.setdefault((what, size), []).append(reached)
    rows = [Row(name, BATCH, rounded(limits), 1.0, _spread(limits))]
    for (what, size), found in rates.items():
        ratios = [own / limit for own, limit in zip(found, limits, strict=True)]
        ratio = round(statistics.median(ratios), 2)
        rows.append(Row(what, size, rounded(found), ratio, _spread(found)))
    return rows


def bare_of(size: int, wallets: int, rounds: int) -> Rate:
    """The bare limit in batches of that size: what so many callers could share at most, unledgered."""
    found = [
        per_second(write_bare, bare_batches(Random(f"{size}-{number}"), wallets, size, 300), size)
        for number in range(rounds)
    ]
    return rate(f"bare SQL by arrays of {size}", size, found)


def _limit(vendor: str, wallets: int) -> tuple[str, Batches, Callable[[Any], None]]:
    if vendor == "sqlite":
        same_rows.copy_tables()
        return "executemany of the same rows", same_rows.batches, same_rows.write
    bare_tables(wallets)
    return "bare SQL by arrays", bare_batches, write_bare


def _tidy() -> None:
    """What the server's own housekeeping does within a minute, lest it fall upon one side of a round."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _spread(rates: Sequence[float]) -> tuple[int, int]:
    return round(min(rates)), round(max(rates))


def _post(commands: Sequence[Command]) -> None:
    post(commands, NOW)


def _sweep(commands: Sequence[Command]) -> None:
    post(commands, NOW + DAY)
