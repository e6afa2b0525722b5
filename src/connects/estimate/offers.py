"""What the same client offered in other posts, which says more than anything else about a post.

Offers count by how alike the posts are, as residuals (how far above or below a first guess they were)
and as amounts: a client who posts the same work again mostly offers the same again.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from connects.estimate.posts import Post

MISSING = -1.0
LIKENESS_MOST = 8
MUCH_ALIKE = 5
CLIENT_WEIGHT = 3.0
_STEEPNESS = 0.8

NAMES = (
    *("client's offers", "number of offers", "closest offer", "likeness of it", "offers as alike"),
    *("offers by likeness", "cheapest offer", "dearest offer", "hours between offers"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer of a client: the post's position and features, its log amount, and its residual.

    `post` is the post's fingerprint, so that no post learns from its own amount; `hours` are since
    1970.
    """

    post: str
    subcategory: str
    level: str
    duration: str
    title_characters: int | None
    hours: float | None
    amount: float
    residual: float

    def likeness(self, post: Post) -> int:
        """How much this offer counts for another post of its client: 1 to 8."""
        return (
            1
            + 2 * (self.subcategory == post.subcategory)
            + (self.duration == post.duration)
            + (self.level == post.level)
            + 3 * (self.title_characters == post.title_characters)
        )


@dataclass(frozen=True, slots=True)
class Closest:
    """The middle (a logarithm) of a client's offers that are most like a post, and how alike."""

    amount: float
    likeness: int


def closest(offers: Sequence[Offer], post: Post) -> Closest | None:
    """None where the client offered nothing else."""
    if not offers:
        return None
    likenesses = [offer.likeness(post) for offer in offers]
    most = max(likenesses)
    alike = [o.amount for o, own in zip(offers, likenesses, strict=True) if own == most]
    return Closest(statistics.median(alike), most)


def numbers(offers: Sequence[Offer], post: Post) -> list[float]:
    """The numbers in the order of `NAMES`, from offers of the client's that are not this post's."""
    nearest = closest(offers, post)
    if nearest is None:
        return [0.0, 0.0, MISSING, 0.0, 0.0, MISSING, MISSING, MISSING, MISSING]
    likenesses = [offer.likeness(post) for offer in offers]
    amounts = [offer.amount for offer in offers]
    residuals = (own * offer.residual for own, offer in zip(likenesses, offers, strict=True))
    weights = [math.exp(_STEEPNESS * own) for own in likenesses]
    weighted = sum(w * amount for w, amount in zip(weights, amounts, strict=True)) / sum(weights)
    return [
        sum(residuals) / (sum(likenesses) + CLIENT_WEIGHT),
        float(len(offers)),
        nearest.amount,
        float(nearest.likeness),
        float(likenesses.count(nearest.likeness)),
        weighted,
        min(amounts),
        max(amounts),
        _hours_between(offers, post),
    ]


def _hours_between(offers: Sequence[Offer], post: Post) -> float:
    own = post.hours
    known = [offer.hours for offer in offers if offer.hours is not None]
    return MISSING if own is None or not known else min(abs(own - hours) for hours in known)
