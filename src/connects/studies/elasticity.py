"""How proposals answer to the price, measured where prices were moved for all jobs alike.

Within one card the price says what the job is, so prices and proposals of a history move together for
reasons of the jobs. The hard case is to find prices that moved for another reason. Where a marketplace
put all prices a step up for a while (`estimate/stretches.py` finds when), the move has nothing to do
with any one job: it is an instrument for the price. Within jobs of one category and band, the
elasticity is how the logarithm of proposals moves with the step, over how that of the price does
(two-stage least squares). Posts of one stretch share its time, and whatever else it brought: the
interval is clustered by stretch, by Student's t with as many degrees of freedom as stretches less one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

FEWEST_STRETCHES = 4
FEWEST_POSTS = 500
FEWEST_SHIFTED_PERCENT = 5
T_95 = (
    *(12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23),
    *(2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10, 2.09, 2.09),
)
NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class AskedPost:
    """A post with the price that was really asked: its proposals, its stretch and by how many steps
    that was shifted, and the `cell` of jobs that it is compared within.
    """

    stretch: int
    shift: int
    connects: int
    proposals: float
    cell: str


@dataclass(frozen=True, slots=True)
class Elasticity:
    """Proposals change with the price to the power of minus `number`; `low` to `high` holds it by 95 %.

    Where it was measured, over so many posts in so many stretches; else it is assumed and has no ends.
    """

    number: float
    low: float | None = None
    high: float | None = None
    posts: int = 0
    stretches: int = 0

    @property
    def is_measured(self) -> bool:
        return self.low is not None


def measured(posts: Sequence[AskedPost]) -> Elasticity | None:
    """The elasticity by the experiment in these posts; None where they hold none that tells anything."""
    stretches = {post.stretch for post in posts}
    shifted = sum(post.shift != 0 for post in posts)
    few = 100 * min(shifted, len(posts) - shifted) < FEWEST_SHIFTED_PERCENT * len(posts)
    if len(posts) < FEWEST_POSTS or len(stretches) < FEWEST_STRETCHES or few:
        return None
    shift = _within(posts, lambda post: float(post.shift))
    price = _within(posts, lambda post: math.log(post.connects))
    sent = _within(posts, lambda post: math.log(post.proposals))
    moved = _products(shift, price)
    if moved <= 0:
        return None
    number = -_products(shift, sent) / moved
    sums: dict[int, float] = defaultdict(float)
    for post, z, p, q in zip(posts, shift, price, sent, strict=True):
        sums[post.stretch] += z * (q + number * p)
    groups = len(stretches)
    spread = math.sqrt(sum(s * s for s in sums.values()) * groups / (groups - 1)) / moved
    times = T_95[groups - 2] if groups - 2 < len(T_95) else NORMAL_95
    return Elasticity(number, number - times * spread, number + times * spread, len(posts), groups)


def _within(posts: Sequence[AskedPost], number: Callable[[AskedPost], float]) -> list[float]:
    """The posts' numbers, less the mean of their cell."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    numbers = [number(post) for post in posts]
    for post, each in zip(posts, numbers, strict=True):
        sums[post.cell] += each
        counts[post.cell] += 1
    return [n - sums[p.cell] / counts[p.cell] for p, n in zip(posts, numbers, strict=True)]


def _products(one: Sequence[float], other: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))
