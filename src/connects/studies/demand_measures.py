"""Ways to measure demand, compared by how well they foretell the proposals of posts they never saw.

Each way gives every post a number from the other posts; what is asked is how much of the differences in
the logarithm of proposals it explains, once the post's age is taken into account (a snapshot counts an
old post's proposals for longer). No way knows the post's own proposals.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

SHRINK_JOBS = 20
FEWEST_JOBS = 20
LEARN_SHARE = 0.75
DRAWS = 400
ROUNDS = 12


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post with its proposals so far; the words are empty where they are not known."""

    job_id: str
    proposals: float
    age: str
    category: str
    subcategory: str
    level: str
    kind: str
    duration: str
    value: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One way: the share of differences explained, in percent, with its 95 % interval, and its groups."""

    name: str
    explained: float
    low: float
    high: float


Key = Callable[[SeenPost], str]
Predictor = Callable[[SeenPost], float]

CATEGORY: Key = lambda post: post.category  # noqa: E731 a column's name
FACTS: dict[str, Key] = {
    "category": CATEGORY,
    "subcategory": lambda post: f"{post.category}|{post.subcategory}",
    "level": lambda post: post.level,
    "kind and duration": lambda post: f"{post.kind}|{post.duration}",
    "kind and value": lambda post: f"{post.kind}|{post.value}",
    "category and level": lambda post: f"{post.category}|{post.level}",
}


def compare_measures(posts: Sequence[SeenPost], seed: int = 0) -> list[Measure]:
    """All ways, learned on three quarters of the posts (by number) and asked about the rest.

    Raises ValueError where there are fewer than 100 posts.
    """
    if len(posts) < 100:
        raise ValueError("fewer than 100 posts with proposals")
    chance = Random(seed)
    shuffled = sorted(posts, key=lambda post: post.job_id)
    chance.shuffle(shuffled)
    cut = int(len(shuffled) * LEARN_SHARE)
    learn, ask = shuffled[:cut], shuffled[cut:]
    by_age = _means(learn, lambda post: post.age, lambda post: math.log(post.proposals), 5)
    overall = statistics.fmean(math.log(post.proposals) for post in learn)

    def rest(post: SeenPost) -> float:
        return math.log(post.proposals) - by_age.get(post.age, overall)

    actual = [rest(post) for post in ask]
    draws = [chance.choices(range(len(ask)), k=len(ask)) for _ in range(DRAWS)]
    return [
        _measured(name, [predict(post) for post in ask], actual, draws)
        for name, predict in _ways(learn, rest).items()
    ]


def _ways(learn: Sequence[SeenPost], rest: Predictor) -> dict[str, Predictor]:
    counts: dict[str, int] = defaultdict(int)
    for post in learn:
        counts[post.category] += 1
    raw = _means(learn, CATEGORY, rest, 0)
    drawn = _means(learn, CATEGORY, rest, SHRINK_JOBS)
    both, below = FACTS["category and level"], FACTS["subcategory"]

    def on_top(key: Key) -> Predictor:
        more = _means(
            learn, key, lambda post: rest(post) - drawn.get(post.category, 0), SHRINK_JOBS
        )
        return lambda post: drawn.get(post.category, 0.0) + more.get(key(post), 0.0)

    return {
        "category": lambda post: raw.get(post.category, 0.0),
        f"category, from {FEWEST_JOBS} jobs on": lambda post: (
            raw[post.category] if counts[post.category] >= FEWEST_JOBS else 0.0
        ),
        f"category, with {SHRINK_JOBS} average jobs": lambda post: drawn.get(post.category, 0.0),
        "category and level, each drawn to the one above": on_top(both),
        "category and subcategory, each drawn to the one above": on_top(below),
        "forecast for the post from all its facts": _forecast(learn, rest),
    }


def _means(
    posts: Sequence[SeenPost], key: Key, number: Predictor, weight: float
) -> dict[str, float]:
    """Means by key, each with so many posts of nothing mixed in."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for post in posts:
        sums[key(post)] += number(post)
        counts[key(post)] += 1
    return {name: total / (counts[name] + weight) for name, total in sums.items()}


def _forecast(learn: Sequence[SeenPost], rest: Predictor) -> Predictor:
    """What each fact adds, found in turns until they agree with each other (backfitting)."""
    effects: dict[str, dict[str, float]] = {name: {} for name in FACTS}
    target = [rest(post) for post in learn]
    fitted = [0.0] * len(learn)
    for _ in range(ROUNDS):
        for name, key in FACTS.items():
            own = effects[name]
            keys = [key(post) for post in learn]
            left = [
                value - sum_ + own.get(word, 0.0)
                for value, sum_, word in zip(target, fitted, keys, strict=True)
            ]
            found = _drawn(keys, left)
            fitted = [
                sum_ - own.get(word, 0.0) + found[word]
                for sum_, word in zip(fitted, keys, strict=True)
            ]
            effects[name] = found
    return lambda post: sum(effects[name].get(key(post), 0.0) for name, key in FACTS.items())


def _drawn(keys: Sequence[str], numbers: Sequence[float]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for key, number in zip(keys, numbers, strict=True):
        sums[key] += number
        counts[key] += 1
    return {key: total / (counts[key] + SHRINK_JOBS) for key, total in sums.items()}


def _measured(
    name: str, told: Sequence[float], actual: Sequence[float], draws: Sequence[Sequence[int]]
) -> Measure:
    missed = [(a - b) ** 2 for a, b in zip(told, actual, strict=True)]
    nothing = [a**2 for a in actual]
    shares = sorted(_explained(missed, nothing, draw) for draw in draws)
    every = range(len(actual))
    low, high = shares[int(0.025 * len(shares))], shares[int(0.975 * len(shares)) - 1]
    return Measure(name, _explained(missed, nothing, every), low, high)


def _explained(missed: Sequence[float], nothing: Sequence[float], places: Sequence[int]) -> float:
    whole = sum(nothing[place] for place in places)
    return 100 * (1 - sum(missed[place] for place in places) / whole) if whole else 0.0
