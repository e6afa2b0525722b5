"""One estimator: for the fixed budgets, or the hourly rates, of one source of posts.

Two kinds of trees vote. Boosted trees give the median and the ends of the interval; averaged ones give a
whole distribution, as chances of being over each of a few amounts. For budgets the bands matter as well
as the amount, so both also say how likely each band is, and the amount is drawn to the edge of the
likeliest band where it lies outside: the value and the band then never contradict each other, and the
amount is no worse for it (`judgement.py`).

The interval's ends are moved by as much as it takes to hold 80 % of what was set aside in training
(conformal prediction), apart for clients that history knows and those it does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from connects.estimate.encoding import Encoder
from connects.estimate.judgement import Guess, Judgement, Opinion, middle_of
from connects.estimate.medians import Medians
from connects.estimate.posts import Post
from connects.estimate.rising import between, less_and_more
from connects.estimate.trees import Trees
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import Estimate

if TYPE_CHECKING:
    from connects.estimate.trees import Matrix

BAND_EDGES: tuple[Cents, ...] = (50_00, 600_00)
"""The last cents of the bands that an estimate of a budget is drawn into."""

POSTS_AT_ONCE = 500
AVERAGED_SHARE = 0.4
AVERAGED_SHARE_OF_CHANCES = 0.5
LOG_CENTS_MOST = math.log(100_000_000_00)


@dataclass(slots=True)
class Ensembles:
    """The trees: `averaged` gives a chance for each of `thresholds`, `odds` log odds for each edge.

    Thresholds are logarithms in rising order; `edges` are the places of the bands' edges among them.
    """

    median: Trees
    low: Trees
    high: Trees
    averaged: Trees
    odds: list[Trees]
    thresholds: tuple[float, ...]
    edges: tuple[int, ...]

    def sums(self, row: list[float]) -> tuple[list[float], ...]:
        return tuple(trees.predict(row) for trees in self.in_order())

    def opinion(self, row: list[float]) -> Opinion:
        """What the trees say together of one row."""
        return self._together(self.sums(row))

    def opinions(self, rows: Matrix) -> list[Opinion]:
        """The same for many rows; needs NumPy."""
        columns = [trees.predict_many(rows).tolist() for trees in self.in_order()]
        return [self._together(sums) for sums in zip(*columns, strict=True)]

    def in_order(self) -> list[Trees]:
        return [self.median, self.low, self.high, self.averaged, *self.odds]

    def _together(self, sums: tuple[list[float], ...]) -> Opinion:
        (median,), (low,), (high,), averaged, *odds = sums
        amount = (1 - AVERAGED_SHARE) * median
        amount += AVERAGED_SHARE * middle_of(averaged, self.thresholds)
        share = AVERAGED_SHARE_OF_CHANCES
        over = (
            (1 - share) / (1 + math.exp(-boosted)) + share * averaged[place]
            for (boosted,), place in zip(odds, self.edges, strict=True)
        )
        return Opinion(amount, low, high, tuple(over))


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
    judgement: Judgement
    widening: Widening
    medians: Medians
    figures: dict[str, float]

    def estimate(self, post: Post, model: str) -> Estimate:
        """The post's budget or rate, in cents, with its interval. It never falls where more is asked."""
        less, more = less_and_more(post)
        guesses = [
            [self._guess(own, self.ensembles.opinion(self.encoder.row(own))) for own in side]
            for side in (less, more)
        ]
        return _estimate(between(*guesses), model)

    def estimate_many(self, posts: Sequence[Post], model: str) -> list[Estimate]:
        """The same for many posts, faster; needs NumPy."""
        import numpy as np  # noqa: PLC0415 a web process does without it

        found: list[Estimate] = []
        for begin in range(0, len(posts), POSTS_AT_ONCE):
            sides = [less_and_more(post) for post in posts[begin : begin + POSTS_AT_ONCE]]
            asked = [own for less, more in sides for own in (*less, *more)]
            opinions = self.ensembles.opinions(np.array([self.encoder.row(own) for own in asked]))
            guesses = map(self._guess, asked, opinions)
            for less, more in sides:
                fewer = list(islice(guesses, len(less)))
                found.append(_estimate(between(fewer, list(islice(guesses, len(more)))), model))
        return found

    def _guess(self, post: Post, opinion: Opinion) -> Guess:
        closest = self.encoder.closest(post)
        median = math.log(max(self.medians.of(self.judgement.grouping, post), 1))
        first = self.judgement.guess(opinion, median, closest)
        return first.widened(self.widening.known if closest else self.widening.unknown)


def _estimate(found: Guess, model: str) -> Estimate:
    return Estimate(_cents(found.amount), _cents(found.low), _cents(found.high), model)


def _cents(logarithm: float) -> Cents:
    return max(round(math.exp(min(logarithm, LOG_CENTS_MOST))), 1)
