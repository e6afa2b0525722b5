"""Judge the trees' opinions: how far they are trusted, and how budgets are typed.

All of it was learned from posts that whole estimators never saw (`training.py`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from connects.estimate.offers import Closest
from connects.vocabulary.amounts import Cents

SNAP_WITHIN = 0.3
Ends: TypeAlias = tuple[float, float]
"""How far the lower and the upper end of an interval move outwards, in logarithms."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Logarithms of cents: the amount, and the ends of its interval."""

    amount: float
    low: float
    high: float

    @property
    def parts(self) -> tuple[float, float, float]:
        return self.amount, self.low, self.high

    def widened(self, by: Ends) -> Guess:
        """The same with ends moved outwards; an end never passes the amount."""
        below, above = by
        low, high = min(self.low - below, self.amount), max(self.high + above, self.amount)
        return Guess(self.amount, low, high)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the trees say of a post, in logarithms; `over` are the chances of being over each edge."""

    amount: float
    low: float
    high: float
    over: tuple[float, ...]

    def towards(self, amount: float, share: float, edges: Sequence[float]) -> Opinion:
        """The opinion, moved by a share of the way towards being sure of an amount."""
        rest = 1.0 - share
        middle, low, high = (
            rest * own + share * amount for own in (self.amount, self.low, self.high)
        )
        over = (
            rest * chance + share * (amount > edge)
            for chance, edge in zip(self.over, edges, strict=True)
        )
        return Opinion(middle, low, high, tuple(over))

    def mixed(self, other: Opinion, share: float) -> Opinion:
        """The opinion with a share of another one."""
        rest = 1.0 - share
        return Opinion(
            rest * self.amount + share * other.amount,
            rest * self.low + share * other.low,
            rest * self.high + share * other.high,
            tuple(rest * a + share * b for a, b in zip(self.over, other.over, strict=True)),
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """How opinions become guesses.

    `pooled` says how much of an opinion is that of all sources together, for clients whom history does
    not know and for those it does.
    `shares` say by likeness (1 to 8, the first is 0's) how far an opinion moves towards what its client
    offered for the most alike post, `trust` how much of the rest is the trees', as against the median
    of `grouping`. `typical` are logarithms of amounts that many clients type, `edges` the bands' last
    cents.
    """

    pooled: tuple[float, float]
    shares: tuple[float, ...]
    trust: float
    grouping: str
    typical: tuple[float, ...]
    edges: tuple[Cents, ...]

    @property
    def bounds(self) -> tuple[float, ...]:
        """The edges as logarithms, half a cent up: no amount lies on one."""
        return bounds_of(self.edges)

    def share_of_pool(self, closest: Closest | None) -> float:
        return self.pooled[closest is not None]

    def guess(self, opinion: Opinion, median: float, closest: Closest | None) -> Guess:
        """`median` is the grouping's for the post."""
        bounds = self.bounds
        moved = opinion
        if self.trust < 1.0:
            moved = self._towards_the_median(moved, median, bounds)
        share = self.shares[closest.likeness] if closest else 0.0
        if closest and share > 0.0:
            moved = moved.towards(closest.amount, share, bounds)
        drawn = drawn_into_band(moved.amount, moved.over, self.edges)
        typed = self._typed(drawn, closest if share > 0.0 else None, bounds)
        return Guess(typed, moved.low, moved.high)

    def _towards_the_median(
        self, opinion: Opinion, median: float, bounds: tuple[float, ...]
    ) -> Opinion:
        # The interval stays the trees': a median says nothing about how sure one can be.
        moved = opinion.towards(median, 1.0 - self.trust, bounds)
        return Opinion(moved.amount, opinion.low, opinion.high, moved.over)

    def _typed(self, amount: float, closest: Closest | None, bounds: tuple[float, ...]) -> float:
        """The nearest amount that clients type, if one is near and in the same band."""
        place = bisect_left(self.typical, amount)
        near = list(self.typical[max(place - 1, 0) : place + 1])
        if closest:
            near.append(closest.amount)
        band = bisect_left(bounds, amount)
        fit = [a for a in near if abs(a - amount) < SNAP_WITHIN and bisect_left(bounds, a) == band]
        return min(fit, key=lambda own: abs(own - amount), default=amount)


def bounds_of(edges: Sequence[Cents]) -> tuple[float, ...]:
    """Bands' edges as logarithms, half a cent up: no amount lies on one."""
    return tuple(math.log(edge + 0.5) for edge in edges)


def drawn_into_band(amount: float, over: Sequence[float], edges: Sequence[Cents]) -> float:
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


def middle_of(over: Sequence[float], thresholds: Sequence[float]) -> float:
    """The median of a distribution: `over` are its chances of being over each threshold."""
    place = next((n for n, chance in enumerate(over) if chance < 0.5), len(over))
    if place == 0:
        return thresholds[0]
    if place == len(over):
        return thresholds[-1]
    above, below = over[place - 1], over[place]
    way = (above - 0.5) / (above - below)
    return thresholds[place - 1] + way * (thresholds[place] - thresholds[place - 1])
