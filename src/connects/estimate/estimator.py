"""One estimator: for the fixed budgets, or the hourly rates, of one source of posts.

Two kinds of trees vote. Boosted trees give the median and the ends of the interval; averaged ones know
the shape of what is seldom. For budgets the bands matter as well as the amount, so both also say how
likely each band is, and the amount is drawn to the edge of the likeliest band where it lies outside:
the value and the band then never contradict each other, and the amount is no worse for it.

The interval's ends are moved by as much as it takes to hold 80 % of what was set aside in training
(conformal prediction), apart for clients that history knows and those it does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from connects.estimate.encoding import Encoder
from connects.estimate.medians import Medians
from connects.estimate.posts import Post
from connects.estimate.trees import Trees
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import Estimate

if TYPE_CHECKING:
    from connects.estimate.trees import Matrix

BAND_EDGES: tuple[Cents, ...] = (50_00, 600_00)
"""The last cents of the bands that an estimate of a budget is drawn into."""

AVERAGED_SHARE = 0.3
LOG_CENTS_MOST = math.log(100_000_000_00)


@dataclass(slots=True)
class Ensembles:
    """The trees: `averaged` gives the amount and then a chance for each edge, `odds` log odds."""

    median: Trees
    low: Trees
    high: Trees
    averaged: Trees
    odds: list[Trees]

    def sums(self, row: list[float]) -> tuple[list[float], ...]:
        return tuple(trees.predict(row) for trees in self.in_order())

    def sums_of_many(self, rows: Matrix) -> list[tuple[list[float], ...]]:
        columns = [trees.predict_many(rows).tolist() for trees in self.in_order()]
        return list(zip(*columns, strict=True))

    def in_order(self) -> list[Trees]:
        return [self.median, self.low, self.high, self.averaged, *self.odds]


@dataclass(frozen=True, slots=True)
class Guess:
    """Logarithms of cents: the amount, and the ends of its interval."""

    amount: float
    low: float
    high: float

    def widened(self, by: float) -> Guess:
        """The same with ends moved outwards; an end never passes the amount."""
        return Guess(self.amount, min(self.low - by, self.amount), max(self.high + by, self.amount))


@dataclass(frozen=True, slots=True)
class Widening:
    """By how much (in logarithms) the ends move, where history knows the client and where it does not."""

    known: float
    unknown: float


@dataclass(slots=True)
class Estimator:
    """What was learned of one source's budgets or rates. `figures` are those of its cross-validation."""

    encoder: Encoder
    ensembles: Ensembles
    widening: Widening
    medians: Medians
    edges: tuple[Cents, ...]
    figures: dict[str, float]

    def estimate(self, post: Post, model: str) -> Estimate:
        """The post's budget or rate, in cents, with its interval."""
        sums = self.ensembles.sums(self.encoder.row(post))
        return self._finished(post, guess(sums, self.edges), model)

    def estimate_many(self, posts: Sequence[Post], model: str) -> list[Estimate]:
        """The same for many posts, faster; needs NumPy."""
        import numpy as np  # noqa: PLC0415 a web process does without it

        if not posts:
            return []
        rows = np.array([self.encoder.row(post) for post in posts])
        found = self.ensembles.sums_of_many(rows)
        return [
            self._finished(post, guess(sums, self.edges), model)
            for post, sums in zip(posts, found, strict=True)
        ]

    def _finished(self, post: Post, first: Guess, model: str) -> Estimate:
        known = self.encoder.knows_client(post)
        found = first.widened(self.widening.known if known else self.widening.unknown)
        return Estimate(_cents(found.amount), _cents(found.low), _cents(found.high), model)


def guess(sums: tuple[list[float], ...], edges: tuple[Cents, ...]) -> Guess:
    """What the trees say together, before the interval is widened."""
    (median,), (low,), (high,), averaged, *odds = sums
    amount = (1 - AVERAGED_SHARE) * median + AVERAGED_SHARE * averaged[0]
    over = [
        (1 / (1 + math.exp(-boosted)) + plain) / 2
        for (boosted,), plain in zip(odds, averaged[1:], strict=True)
    ]
    return Guess(_drawn(amount, over, edges), low, high)


def _drawn(amount: float, over: list[float], edges: tuple[Cents, ...]) -> float:
    """The amount, moved into the likeliest band; `over` are the chances of being over each edge."""
    if not edges:
        return amount
    steps = [1.0, *over, 0.0]
    chances = [above - below for above, below in pairwise(steps)]
    band = chances.index(max(chances))
    if band > 0:
        amount = max(amount, math.log(edges[band - 1] + 1))
    if band < len(edges):
        amount = min(amount, math.log(edges[band]))
    return amount


def _cents(logarithm: float) -> Cents:
    return max(round(math.exp(min(logarithm, LOG_CENTS_MOST))), 1)
