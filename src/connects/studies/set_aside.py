"""Posts that a card was not fitted to, and what it comes to on them."""

from __future__ import annotations

import hashlib
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from connects.studies.card_fit import Card, PastPost, card_price
from connects.studies.elasticity import Elasticity

EVERY = 4
FEWEST = 30
NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, and the ends that hold it by 95 %."""

    number: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Aside:
    """A card on posts set aside: revenue in percent of the base's, newcomers' mean shares in percent.

    `burden` and `base_burden` are None where newcomers propose to fewer than two of the posts.
    """

    posts: int
    revenue_percent: Interval
    burden: Interval | None
    base_burden: Interval | None


def is_aside(key: str) -> bool:
    """Whether posts of this client (or of this number) are set aside: one of four, the same each time."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % EVERY == 0


def on_aside(posts: Sequence[PastPost], card: Card, credit: float, by: Elasticity) -> Aside | None:
    """What the card comes to on these posts; None where they are too few to tell."""
    valued = [post for post in posts if post.value_cents > 0 and post.worth > 0]
    if len(valued) < FEWEST:
        return None
    costs = [card_price(card, post.value_cents) for post in valued]
    was = [post.proposals * post.connects for post in valued]
    becomes = [
        post.proposals * (max(cost, 1) / max(post.connects, 1)) ** -by.number * cost
        for post, cost in zip(valued, costs, strict=True)
    ]
    pairs = [(post, cost) for post, cost in zip(valued, costs, strict=True) if post.newcomers]
    return Aside(
        len(valued),
        _ratio(becomes, was),
        _mean([100 * credit * cost / post.worth for post, cost in pairs]),
        _mean([100 * credit * post.connects / post.worth for post, _ in pairs]),
    )


def _ratio(above: Sequence[float], below: Sequence[float]) -> Interval:
    """The ratio of two sums over the same posts, in percent (delta method)."""
    whole = math.fsum(below) or 1.0
    ratio = math.fsum(above) / whole
    missed = math.fsum((a - ratio * b) ** 2 for a, b in zip(above, below, strict=True))
    margin = NORMAL_95 * math.sqrt(missed) / whole
    return Interval(100 * ratio, 100 * (ratio - margin), 100 * (ratio + margin))


def _mean(numbers: Sequence[float]) -> Interval | None:
    if len(numbers) < 2:
        return None
    mean = statistics.fmean(numbers)
    margin = NORMAL_95 * statistics.stdev(numbers) / math.sqrt(len(numbers))
    return Interval(mean, max(mean - margin, 0.0), mean + margin)
