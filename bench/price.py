"""How fast posts are priced, in one process, beside a bare chain of comparisons.

python -m bench.price
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from connects.policy.shelf import shipped, shipped_names
from connects.pricing.quote import price
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    Demand,
    JobFacts,
    JobKind,
    Level,
)

POSTS = 50_000
ROUNDS = 5


def posts() -> list[JobFacts]:
    chance = random.Random(1)
    return [
        JobFacts(
            kind=chance.choice(tuple(JobKind)),
            budget_cents=chance.choice((None, 500, 3_000, 20_000, 90_000)),
            hourly_min_cents=chance.choice((None, 1_500)),
            duration_days=chance.choice((None, UNDER_ONE_MONTH, ONE_TO_THREE_MONTHS)),
            hours_per_week=chance.choice((None, UNDER_THIRTY_HOURS)),
            level=chance.choice((None, *Level)),
        )
        for _ in range(POSTS)
    ]


def bare(facts: JobFacts) -> int:
    """The least that a price can be: a chain of comparisons without reasons."""
    value = facts.budget_cents or (facts.hourly_min_cents or 2_000) * 60
    if value <= 5_000:
        return 1
    if value < 60_000:
        return 4
    return 5


def per_second(run: Callable[[JobFacts], object], table: list[JobFacts]) -> float:
    rates = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for facts in table:
            run(facts)
        rates.append(len(table) / (time.perf_counter() - began))
    return statistics.median(rates)


def main() -> None:
    table = posts()
    baseline = per_second(bare, table)
    print(f"bare comparisons     {baseline:>12,.0f} posts a second")
    for name in shipped_names():
        book, demand = shipped(name), Demand(1_200)
        rate = per_second(lambda facts, b=book, d=demand: price(facts, b, d), table)  # type: ignore[misc]
        print(f"{name:<20} {rate:>12,.0f} posts a second, {rate / baseline:.3f} of bare")


if __name__ == "__main__":
    main()
