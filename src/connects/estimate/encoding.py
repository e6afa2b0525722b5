"""Encode a post as a row of numbers.

Words with many values (category, skills, country, and pairs of them) become the mean logarithm of the
amounts that they went with, drawn towards the overall mean where they were seen seldom. The hard case
is that such a mean already holds the amount of the very row that it describes: rows to train on are
therefore encoded by tables that were made without their fold (`training.py`), never by these.

Beside the post stand what surrounds it, what its client offered before (`offers.py`), and what its
texts say where there are any (`texts.py`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from connects.estimate import offers, texts
from connects.estimate.offers import MISSING, Closest, Offer
from connects.estimate.posts import DURATIONS, LEVELS, WORKLOADS, Post
from connects.estimate.texts import Words

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

RATED = ("subcategory", "country", "subcategory and level", "country and category")
COUNTED = ("subcategory", "country")
SKILL_WEIGHT = 10.0


@dataclass(slots=True)
class Means:
    """Means by key, each drawn towards the overall mean by so many posts' worth of it."""

    overall: float
    by_key: dict[str, float]

    def of(self, key: str) -> float:
        return self.by_key.get(key, self.overall)


@dataclass(slots=True)
class Surroundings:
    """How common a post's subcategory and country are, and what posts of the other kind pay there.

    `counts` are posts of this kind and of the other by key, `rates` the other kind's mean logarithms.
    """

    counts: dict[str, dict[str, tuple[int, int]]]
    rates: dict[str, Means]

    def numbers(self, post: Post) -> list[float]:
        found = [self.rates[name].of(KEYS[name][1](post)) for name in RATED]
        for name in COUNTED:
            own, other = self.counts[name].get(KEYS[name][1](post), (0, 0))
            found += [math.log1p(own + other), (own + 2) / (own + other + 4)]
        return found


@dataclass(slots=True)
class Encoder:
    """All that was counted in history. `other` has clients' mean log amounts of the other kind of job.

    `words` are there where history came with texts.
    """

    tables: dict[str, Means]
    skills: Means
    surroundings: Surroundings
    offers: dict[str, list[Offer]] = field(default_factory=dict)
    other: dict[str, tuple[int, float]] = field(default_factory=dict)
    words: tuple[Words, ...] = ()

    def row(self, post: Post) -> list[float]:
        """The post's numbers, in the order of `NAMES`, then those of its texts."""
        return [*self.stated(post), *self.history(post), *self.said(post)]

    def stated(self, post: Post) -> list[float]:
        """All but what others and the client offered before, and the texts."""
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
        """What surrounds the post, and what the client offered in other posts than this one."""
        seen, mean = self.other.get(post.client, (0, MISSING)) if post.client else (0, MISSING)
        offered = offers.numbers(self._other_offers(post), post)
        numbers = (*self.surroundings.numbers(post), *offered, mean, float(seen))
        return [_on_grid(number) for number in numbers]

    def said(self, post: Post) -> list[float]:
        """What the texts say; nothing where history came without."""
        found = texts.numbers(self.words, post) if self.words else []
        return [_on_grid(number) for number in found]

    def closest(self, post: Post) -> Closest | None:
        """The client's other offers that are most like this post; None where there are none."""
        return offers.closest(self._other_offers(post), post)

    def _other_offers(self, post: Post) -> list[Offer]:
        found = self.offers.get(post.client) if post.client else None
        if found is None:
            return []
        own = post.fingerprint
        return [offer for offer in found if offer.post != own]


NAMES = (
    *("level", "duration", "workload", "freelancers to hire", "client spend", "client reviews"),
    *("client rating", "client hires", "client spend a review", "title length"),
    *("description length", "hour", "weekday", "client verified"),
    *KEYS,
    *("skills", "cheapest skill", "dearest skill", "number of skills"),
    *(f"other kind by {name}" for name in RATED),
    *(f"{what} of {name}" for name in COUNTED for what in ("number", "share")),
    *offers.NAMES,
    *("client's other jobs", "number of other jobs"),
)
STATED = NAMES.index(f"other kind by {RATED[0]}")


def _numbers(post: Post) -> tuple[float, ...]:
    spend, reviews, instant = post.client_spend, post.client_reviews, post.instant
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
        MISSING if instant is None else float(instant.weekday()),
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


def encoder_of(
    posts: Sequence[Post], amounts: Sequence[float], surroundings: Surroundings
) -> Encoder:
    """Tables over posts and their log amounts, without clients' offers and without texts."""
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
    skills = means(by_skill, overall, SKILL_WEIGHT, fewest=3)
    return Encoder(tables, skills, surroundings)


def surroundings_of(
    posts: Sequence[Post], others: Sequence[Post], amounts: Sequence[float]
) -> Surroundings:
    """What surrounds `posts`: `others` are the other kind's, `amounts` their logarithms."""
    overall = sum(amounts) / len(amounts) if amounts else MISSING
    rates, counts = {}, {}
    for name in RATED:
        weight, key = KEYS[name]
        pairs = ((key(post), amount) for post, amount in zip(others, amounts, strict=True))
        rates[name] = means(pairs, overall, weight)
    for name in COUNTED:
        key = KEYS[name][1]
        own, other = Counter(map(key, posts)), Counter(map(key, others))
        counts[name] = {each: (own[each], other[each]) for each in sorted(own.keys() | other)}
    return Surroundings(counts, rates)
