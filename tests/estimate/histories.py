"""Made-up posts whose worth follows a rule that can be learned."""

from __future__ import annotations

import csv
import math
import random
from pathlib import Path

from connects.estimate.posts import DURATIONS, LEVELS, Post
from connects.vocabulary.facts import JobKind

CATEGORIES = {"Logos": 60.0, "Shops": 600.0, "Texts": 30.0}
COLUMNS = (
    "job_id source kind budget_usd hourly_mid experience_level duration category country"
    " client_key client_spend_usd title_chars posted_at"
).split()


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


def written(posts: list[Post], file: Path) -> Path:
    """The posts as a table."""
    with file.open("w", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS)
        for post in posts:
            table.writerow(_cells(post))
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
