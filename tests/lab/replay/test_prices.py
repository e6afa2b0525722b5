"""What posts cost under a rule book that is tried."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

pytest.importorskip("numba")

import numpy as np

from connects.lab.replay.prices import prices_of
from connects.lab.replay.reading.columns import FACTS, Alike, Table, empty
from connects.policy.shelf import shipped

KINDS, MANY = 300, 1_000_000
SAID = {**dict.fromkeys(FACTS), "kind": "fixed"}


class NoTwoAlike:
    """Posts of which each kind is said by one alone, somewhere among all."""

    name = "a test"

    def __init__(self, posts: int) -> None:
        self.step = posts // KINDS

    def read(self, table: str, wallets: Sequence[int] | None = None) -> Table:  # noqa: ARG002
        return empty(table)

    def alike(self, *, with_texts: bool) -> Iterator[Alike]:  # noqa: ARG002
        for kind in range(KINDS):
            yield {**SAID, "budget_cents": 100 * (kind + 1)}, np.array([kind * self.step])

    def revised(self) -> Mapping[tuple[int, int], Mapping[str, Any]]:
        return {}


def seconds(posts: int) -> float:
    """The least processor time of three that pricing the kinds of so many posts takes."""
    book, table, took = shipped("upwork-2023"), {"id": np.arange(posts)}, []
    for _ in range(3):
        begun = time.process_time()
        prices = prices_of(NoTwoAlike(posts), table, book)
        took.append(time.process_time() - begun)
        assert int((prices > 0).sum()) == KINDS
    return min(took)


def test_pricing_a_kind_of_posts_costs_the_same_among_however_many_posts() -> None:
    assert seconds(MANY) < 5 * seconds(KINDS)
