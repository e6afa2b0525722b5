"""Made-up posts whose worth follows a rule that can be learned."""

from __future__ import annotations

import csv
import math
import random
from dataclasses import replace
from pathlib import Path

from connects.estimate.posts import DURATIONS, LEVELS, Post
from connects.vocabulary.facts import JobKind

CATEGORIES = {"Logos": 60.0, "Shops": 600.0, "Texts": 30.0}
COLUMNS = (
    "job_id source kind budget_usd hourly_mid experience_level duration category country"
    " client_key client_spend_usd title_chars posted_at"
).split()
TEXT_COLUMNS = ["title", "description"]
WORTH = {"urgent": 4.0, "simple": 0.25, "nice": 1.0, "new": 1.0}
FILLING = "we want a page with some pictures and a form for our shop in town".split()


def fixed_posts(posts: int, seed: int = 1, source: str = "S", noise: float = 0.4) -> list[Post]:
    """Posts worth their category's amount times their level and duration, and some chance."""
    chance = random.Random(seed)
    return [_post(chance, str(number), source, noise) for number in range(posts)]


def _post(chance: random.Random, job_id: str, source: str, noise: float) -> Post:
    category, level = chance.choice(list(CATEGORIES)), chance.randrange(3)
    duration = chance.randrange(4)
    worth = CATEGORIES[category] * 2.0**level * 1.5**duration
    worth *= math.exp(chance.gauss(0, noise))
    return Post(
        kind=JobKind.FIXED,
        job_id=f"{source}{job_id}",
        source=source,
        budget_cents=max(round(worth * 100), 501),
        level=LEVELS[level],
        duration=DURATIONS[duration],
        category=category,
        country=chance.choice(("Peru", "Kenya", "Norway")),
        client=str(chance.randrange(1_000)),
        client_spend=float(chance.randrange(5_000)),
        title_characters=chance.randrange(10, 90),
        posted=f"2026-01-{chance.randrange(1, 29):02d}T{chance.randrange(24):02d}:00Z",
    )


def told_in_words(posts: int, seed: int = 1) -> list[Post]:
    """Posts whose titles and descriptions each hold a word that makes them cheap or dear."""
    chance = random.Random(seed)
    return [_told(post, chance) for post in fixed_posts(posts, seed)]


def _told(post: Post, chance: random.Random) -> Post:
    first, second = chance.choice(list(WORTH)), chance.choice(list(WORTH))
    worth = (post.budget_cents or 0) * WORTH[first] * WORTH[second]
    return replace(
        post,
        budget_cents=max(round(worth), 501),
        title=f"A {first} {chance.choice(FILLING)}",
        description=" ".join([*chance.sample(FILLING, 6), second, *chance.sample(FILLING, 4)]),
    )


def without_texts(posts: list[Post]) -> list[Post]:
    return [replace(post, title="", description="") for post in posts]


def written(posts: list[Post], file: Path, *, texts: bool = False) -> Path:
    """The posts as a table."""
    with file.open("w", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS + TEXT_COLUMNS if texts else COLUMNS)
        for post in posts:
            said = [post.title, post.description] if texts else []
            table.writerow(_cells(post) + said)
    return file


def _cells(post: Post) -> list[object]:
    fixed = post.kind is JobKind.FIXED
    return [
        *(post.job_id, post.source, post.kind.value),
        (post.budget_cents or 0) / 100 if fixed else "",
        "" if fixed else (post.rate_cents or 0) / 100,
        *(post.level, post.duration, post.category, post.country),
        *(post.client, post.client_spend, post.title_characters, post.posted),
    ]
