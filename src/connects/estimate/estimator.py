"""One estimator: for the fixed budgets, or the hourly rates, of one source of posts.

Two kinds of trees vote. Boosted trees give the median and the ends of the interval; averaged ones give a
whole distribution, as chances of being over each of a few amounts. For budgets the bands matter as well
as the amount, so both also say how likely each band is, and the amount is drawn to the edge of the
likeliest band where it lies outside: the value and the band then never contradict each other, and the
amount is no worse for it (`judgement.py`).

What all sources say together (`pool.py`) is mixed in as far as posts that were set aside bear it out:
much in small sources, little in large ones.

The interval's ends are moved by as much as it takes to hold 80 % of what was set aside in training
(conformal prediction), apart by how well history knows the client, and for each third of the estimates;
each end for itself, so that half of what is missed lies under the interval and half
over it. What moves a whole interval a little, such as making estimates rise (`rising.py`), then wins on
one side what it loses on the other.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from connects.estimate.encoding import Encoder
from connects.estimate.judgement import Ends, Judgement, Opinion, middle_of
from connects.estimate.medians import Medians
from connects.estimate.offers import MUCH_ALIKE, Closest
from connects.estimate.pool import Pool
from connects.estimate.posts import Post
from connects.estimate.rising import Answer, in_cents, in_slices, risen
from connects.estimate.trees import Trees
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import Estimate

if TYPE_CHECKING:
    from connects.estimate.trees import Matrix

BAND_EDGES: tuple[Cents, ...] = (50_00, 600_00)
"""The last cents of the bands that an estimate of a budget is drawn into."""

Thirds: TypeAlias = tuple[Ends, Ends, Ends]

AVERAGED_SHARE = 0.4
AVERAGED_SHARE_OF_CHANCES = 0.5


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


NONE: Ends = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Widening:
    """By how much the ends of an interval move outwards.

    Apart for clients that history does not know, for those that it knows, and for posts that are much
    alike to another of their client's; and for each third of the estimates: `cuts` are the two log
    amounts between the thirds.
    """

    cuts: tuple[float, float]
    unknown: Thirds
    known: Thirds
    alike: Thirds

    def of(self, amount: float, likeness: int) -> Ends:
        """`likeness` is that of the client's closest offer, 0 where there is none."""
        thirds = self.by_familiarity[familiarity(likeness)]
        return thirds[bisect_right(self.cuts, amount)]

    @property
    def by_familiarity(self) -> tuple[Thirds, Thirds, Thirds]:
        return self.unknown, self.known, self.alike

    def moved(self, *by: Thirds) -> Widening:
        """The same with so much more for each."""
        unknown, known, alike = (
            _moved(own, more) for own, more in zip(self.by_familiarity, by, strict=True)
        )
        return Widening(self.cuts, unknown, known, alike)


def _moved(thirds: Thirds, by: Thirds) -> Thirds:
    low, middle, high = (
        (own[0] + more[0], own[1] + more[1]) for own, more in zip(thirds, by, strict=True)
    )
    return low, middle, high


NO_WIDENING = Widening(NONE, (NONE,) * 3, (NONE,) * 3, (NONE,) * 3)


def familiarity(likeness: int) -> int:
    """0 where the client is new, 1 where history knows other posts, 2 where one of them is much alike."""
    return (likeness > 0) + (likeness >= MUCH_ALIKE)


@dataclass(slots=True)
class Estimator:
    """What was learned of one source's budgets or rates, and the `pool` of all sources that it draws on.

    `figures` are those of its cross-validation.
    """

    encoder: Encoder
    ensembles: Ensembles
    judgement: Judgement
    widening: Widening
    medians: Medians
    figures: dict[str, float]
    pool: Pool

    def estimate(self, post: Post, model: str) -> Estimate:
        """The post's budget or rate, in cents, with its interval. It never falls where more is asked."""
        (found,) = risen(lambda asked: [self._answer_alone(own) for own in asked], [post])
        return in_cents(found, model)

    def estimate_many(self, posts: Sequence[Post], model: str) -> list[Estimate]:
        """The same for many posts, faster; needs NumPy."""
        return [
            in_cents(found, model)
            for part in in_slices(posts)
            for found in risen(self._answers, part)
        ]

    def _answer_alone(self, post: Post) -> Answer:
        return self._widened(self._guess_alone(post))

    def _answers(self, posts: Sequence[Post]) -> list[Answer]:
        return [self._widened(answer) for answer in self.guesses(posts)]

    def _widened(self, answer: Answer) -> Answer:
        return answer.widened(self.widening.of(answer.guess.amount, answer.likeness))

    def _guess_alone(self, post: Post) -> Answer:
        closest = self.encoder.closest(post)
        opinion = self.ensembles.opinion(self.encoder.row(post))
        share = self.judgement.share_of_pool(closest)
        if share > 0.0:
            opinion = opinion.mixed(self.pool.opinion(post, self.judgement.bounds), share)
        return self._guess(post, opinion, closest)

    def guesses(self, posts: Sequence[Post]) -> list[Answer]:
        """What is said of many posts before intervals are widened; needs NumPy."""
        import numpy as np  # noqa: PLC0415 a web process does without it

        own = self.ensembles.opinions(np.array([self.encoder.row(post) for post in posts]))
        nearest = [self.encoder.closest(post) for post in posts]
        shares = [self.judgement.share_of_pool(closest) for closest in nearest]
        if any(shares):
            pooled = self.pool.opinions(posts, self.judgement.bounds)
            own = [one.mixed(all_, s) for one, all_, s in zip(own, pooled, shares, strict=True)]
        return list(map(self._guess, posts, own, nearest))

    def _guess(self, post: Post, opinion: Opinion, closest: Closest | None) -> Answer:
        median = math.log(max(self.medians.of(self.judgement.grouping, post), 1))
        guess = self.judgement.guess(opinion, median, closest)
        return Answer(guess, closest.likeness if closest else 0)
