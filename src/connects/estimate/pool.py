"""What all sources say together of a post: by how much it lies over or under what is usual in its source.

Sources were collected differently, so their amounts are never thrown together. What moves an amount up
or down is much alike everywhere, though, and a source of a hundred posts learns more of that from the
others than from itself. Trees therefore learn residuals, each post's amount against its own source's
median, over all sources; a source's median is put back when one of its posts is asked for.

A post of a source that nobody knows gets what is usual on average, and an interval that was widened by
how far sources lie apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connects.estimate.encoding import Encoder
from connects.estimate.judgement import Ends, Guess, Opinion
from connects.estimate.posts import Post
from connects.estimate.rising import Answer, in_cents, in_slices, risen
from connects.estimate.trees import Trees
from connects.vocabulary.facts import Estimate

if TYPE_CHECKING:
    from connects.estimate.trees import Matrix

NAMED = "/pooled"
"""What the name of an estimate's model ends in where it came from all sources together."""
_ENDS_IN_DEVIATIONS = 2.563
_NARROWEST = 0.1


@dataclass(frozen=True, slots=True)
class Usual:
    """The median log amount of each source, and their mean, which stands for one that is unknown."""

    by_source: dict[str, float]
    centre: float

    def of(self, source: str) -> float:
        return self.by_source.get(source, self.centre)


@dataclass(slots=True)
class Pool:
    """What was learned of one kind of job over all sources.

    `widening` moves the ends of an interval outwards for a post of an unknown source; `figures` say how
    good the pool is there.
    """

    encoder: Encoder
    median: Trees
    low: Trees
    high: Trees
    usual: Usual
    widening: Ends
    figures: dict[str, float]

    def in_order(self) -> list[Trees]:
        return [self.median, self.low, self.high]

    def opinion(self, post: Post, edges: Sequence[float]) -> Opinion:
        """What the pool says of a post of a source that it knows; `edges` are logarithms."""
        row = self.encoder.row(post)
        sums = [trees.predict(row)[0] for trees in self.in_order()]
        return opinion_of(self.usual.of(post.source), sums, edges)

    def opinions(self, posts: Sequence[Post], edges: Sequence[float]) -> list[Opinion]:
        """The same for many posts; needs NumPy."""
        import numpy as np  # noqa: PLC0415 a web process does without it

        return self.opinions_of_rows(
            posts, np.array([self.encoder.row(post) for post in posts]), edges
        )

    def opinions_of_rows(
        self, posts: Sequence[Post], rows: Matrix, edges: Sequence[float]
    ) -> list[Opinion]:
        """The same for posts that are encoded already."""
        columns = [trees.predict_many(rows)[:, 0].tolist() for trees in self.in_order()]
        return [
            opinion_of(self.usual.of(post.source), sums, edges)
            for post, sums in zip(posts, zip(*columns, strict=True), strict=True)
        ]

    def estimate(self, post: Post, model: str) -> Estimate:
        """The amount of a post whose source is unknown. It never falls where more is asked."""
        (found,) = risen(
            lambda asked: [self._answer(self.opinion(own, ())) for own in asked], [post]
        )
        return in_cents(found, model + NAMED)

    def estimate_many(self, posts: Sequence[Post], model: str) -> list[Estimate]:
        """The same for many posts, faster; needs NumPy."""
        return [
            in_cents(found, model + NAMED)
            for part in in_slices(posts)
            for found in risen(
                lambda asked: [self._answer(own) for own in self.opinions(asked, ())], part
            )
        ]

    def _answer(self, opinion: Opinion) -> Answer:
        guess = Guess(opinion.amount, opinion.low, opinion.high)
        return Answer(guess.widened(self.widening))


def opinion_of(usual: float, sums: Sequence[float], edges: Sequence[float]) -> Opinion:
    """Residuals as an opinion; the chances of being over the edges are those of a bell curve."""
    amount, low, high = (usual + own for own in sums)
    low, high = min(low, amount), max(high, amount)
    deviation = max((high - low) / _ENDS_IN_DEVIATIONS, _NARROWEST)
    over = (0.5 * math.erfc((edge - amount) / deviation / math.sqrt(2)) for edge in edges)
    return Opinion(amount, low, high, tuple(over))
