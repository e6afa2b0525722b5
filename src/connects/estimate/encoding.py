"""From a post to a row of numbers.

Words with many values (category, skills, country, and pairs of them) become the mean logarithm of the
amounts that they went with, drawn towards the overall mean where they were seen seldom. The hard case
is that such a mean already holds the amount of the very row that it describes: rows to train on are
therefore encoded by tables that were made without their fold (`training.py`), never by these.

What the same client offered before says more than anything else. A client's earlier posts count by how
alike they are to this one, as residuals: how far above or below a first guess they were.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from connects.estimate.posts import DURATIONS, LEVELS, WORKLOADS, Post

MISSING = -1.0

KEYS: dict[str, tuple[float, Callable[[Post], str]]] = {
    "category": (5, lambda p: p.category),
    "subcategory": (5, lambda p: p.subcategory),
    "country": (10, lambda p: p.country),
    "subcategory and level": (8, lambda p: f"{p.subcategory}|{p.level}"),
    "subcategory and duration": (8, lambda p: f"{p.subcategory}|{p.duration}"),
    "category, level and duration": (10, lambda p: f"{p.category}|{p.level}|{p.duration}"),
    "country and category": (15, lambda p: f"{p.country}|{p.category}"),
}
"""Each table's key, and how many posts of the overall mean are mixed into each of its means."""

SKILL_WEIGHT = 10.0
CLIENT_WEIGHT = 3.0


@dataclass(slots=True)
class Means:
    """Means by key, each drawn towards the overall mean by so many posts' worth of it."""

    overall: float
    by_key: dict[str, float]

    def of(self, key: str) -> float:
        return self.by_key.get(key, self.overall)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a client offered once: the post's place and looks, its log amount, and its residual.

    `post` is the post's fingerprint, so that no post is told its own amount.
    """

    post: str
    subcategory: str
    level: str
    duration: str
    title_characters: int | None
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


@dataclass(slots=True)
class Encoder:
    """All that was counted in history. `other` has clients' mean log amounts of the other kind of job."""

    tables: dict[str, Means]
    skills: Means
    offers: dict[str, list[Offer]] = field(default_factory=dict)
    other: dict[str, tuple[int, float]] = field(default_factory=dict)

    def row(self, post: Post) -> list[float]:
        """The post's numbers, in the order of `NAMES`."""
        return [*self.stated(post), *self.history(post)]

    def stated(self, post: Post) -> list[float]:
        """All but what the client offered before."""
        numbers = (
            *_numbers(post),
            *(self.tables[name].of(key(post)) for name, (_, key) in KEYS.items()),
            *self._skills(post),
        )
        return [_on_grid(number) for number in numbers]

    def _skills(self, post: Post) -> tuple[float, float, float, float]:
        known = self.skills.by_key
        means = [known[skill] for skill in post.skills if skill in known]
        if not means:
            overall = self.skills.overall
            return overall, overall, overall, float(len(post.skills))
        return sum(means) / len(means), min(means), max(means), float(len(post.skills))

    def history(self, post: Post) -> list[float]:
        """What the client offered in other posts than this one."""
        weights = residuals = 0.0
        closest, nearest, count = MISSING, 0, 0
        for offer in self._other_offers(post):
            count += 1
            likeness = offer.likeness(post)
            weights += likeness
            residuals += likeness * offer.residual
            if likeness > nearest:
                closest, nearest = offer.amount, likeness
        seen, mean = self.other.get(post.client, (0, MISSING)) if post.client else (0, MISSING)
        known = residuals / (weights + CLIENT_WEIGHT)
        numbers = (known, float(count), closest, float(nearest), mean, float(seen))
        return [_on_grid(number) for number in numbers]

    def knows_client(self, post: Post) -> bool:
        """Whether history holds another post of the client's."""
        return bool(self._other_offers(post))

    def _other_offers(self, post: Post) -> list[Offer]:
        offers = self.offers.get(post.client) if post.client else None
        if offers is None:
            return []
        own = post.fingerprint
        return [offer for offer in offers if offer.post != own]


NAMES = (
    *("level", "duration", "workload", "freelancers to hire", "client spend", "client reviews"),
    *("client rating", "client hires", "client spend a review", "title length"),
    *("description length", "hour", "client verified"),
    *KEYS,
    *("skills", "cheapest skill", "dearest skill", "number of skills"),
    *("client's offers", "number of offers", "closest offer", "likeness of it"),
    *("client's other jobs", "number of other jobs"),
)
STATED = len(NAMES) - 6


def _numbers(post: Post) -> tuple[float, ...]:
    spend, reviews = post.client_spend, post.client_reviews
    each = None if spend is None else spend / max(reviews or 0, 1)
    return (
        _place(post.level, LEVELS),
        _place(post.duration, DURATIONS),
        _place(post.workload, WORKLOADS),
        _plain(post.freelancers_to_hire),
        _log(spend),
        _log(reviews),
        _plain(post.client_rating),
        _log(post.client_hires),
        _log(each),
        _plain(post.title_characters),
        _log(post.description_characters),
        _plain(post.hour),
        _plain(post.client_verified),
    )


def _on_grid(number: float) -> float:
    """The nearest 1/1024th: exact in 32 bits, so that one post and many are answered alike."""
    return round(number * 1024) / 1024


def _place(word: str, words: Sequence[str]) -> float:
    return float(words.index(word)) if word in words else MISSING


def _plain(number: float | None) -> float:
    return MISSING if number is None else float(number)


def _log(number: float | None) -> float:
    return MISSING if number is None else math.log1p(max(number, 0.0))


def means(
    pairs: Iterable[tuple[str, float]], overall: float, weight: float, fewest: int = 1
) -> Means:
    """Means by key of what was seen at least `fewest` times."""
    counts: dict[str, int] = defaultdict(int)
    sums: dict[str, float] = defaultdict(float)
    for key, amount in pairs:
        counts[key] += 1
        sums[key] += amount
    drawn = {
        key: (sums[key] + weight * overall) / (count + weight)
        for key, count in counts.items()
        if count >= fewest
    }
    return Means(overall, drawn)


def encoder_of(posts: Sequence[Post], amounts: Sequence[float]) -> Encoder:
    """Tables over posts and their log amounts, without clients' offers."""
    overall = sum(amounts) / len(amounts)
    tables = {
        name: means(
            ((key(post), amount) for post, amount in zip(posts, amounts, strict=True)),
            overall,
            weight,
        )
        for name, (weight, key) in KEYS.items()
    }
    by_skill = (
        (skill, amount)
        for post, amount in zip(posts, amounts, strict=True)
        for skill in post.skills
    )
    return Encoder(tables, means(by_skill, overall, SKILL_WEIGHT, fewest=3))
