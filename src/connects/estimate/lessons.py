"""What there is to learn from: posts that state their amount, by source and kind."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from connects.estimate.estimator import BAND_EDGES
from connects.estimate.posts import Post
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

FEWEST_POSTS = 20
_PARTS_SEED = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """Posts that state their amount, its logarithms in cents, and the posts of the other kind."""

    posts: tuple[Post, ...]
    amounts: Matrix
    others: tuple[Post, ...]
    edges: tuple[Cents, ...]

    def part(self, places: Places) -> Lesson:
        posts = tuple(self.posts[place] for place in places)
        return replace(self, posts=posts, amounts=self.amounts[places])


@dataclass(frozen=True, slots=True)
class PooledLesson:
    """All posts of a kind that state their amount, of all sources, and those of the other kind."""

    posts: tuple[Post, ...]
    others: tuple[Post, ...]
    edges: tuple[Cents, ...]


def posts_told(posts: Iterable[Post]) -> dict[tuple[str, JobKind], list[Post]]:
    """Posts that state their amount, by source and kind."""
    told: dict[tuple[str, JobKind], list[Post]] = defaultdict(list)
    for post in posts:
        if post.target_cents is not None:
            told[post.source, post.kind].append(post)
    return told


def lessons_of(
    told: Mapping[tuple[str, JobKind], list[Post]],
) -> dict[tuple[str, JobKind], Lesson]:
    return {
        (source, kind): lesson_of(own, told.get((source, _other(kind)), []), kind)
        for (source, kind), own in sorted(told.items())
        if len(own) >= FEWEST_POSTS
    }


def pooled_lessons_of(
    told: Mapping[tuple[str, JobKind], list[Post]],
) -> dict[JobKind, PooledLesson]:
    by_kind = {
        kind: tuple(
            post for (_, own), posts in sorted(told.items()) if own is kind for post in posts
        )
        for kind in JobKind
    }
    return {
        kind: PooledLesson(own, by_kind[_other(kind)], _edges(kind))
        for kind, own in by_kind.items()
        if len(own) >= FEWEST_POSTS
    }


def parts_of(posts: int, parts: int) -> Places:
    """Which of so many parts each post of a source is set aside with.

    Every fourth part is made of every eighth and every eighth but four, so that who learned without a
    post's part of four learned without its part of eight, too.
    """
    shuffled: Places = np.random.default_rng(_PARTS_SEED).permutation(posts)
    return shuffled % parts


def _edges(kind: JobKind) -> tuple[Cents, ...]:
    return BAND_EDGES if kind is JobKind.FIXED else ()


def _other(kind: JobKind) -> JobKind:
    return JobKind.HOURLY if kind is JobKind.FIXED else JobKind.FIXED


def lesson_of(posts: Sequence[Post], others: Sequence[Post], kind: JobKind) -> Lesson:
    """What there is to learn from: `others` are posts of the other kind."""
    amounts = np.array([log_amount(post) for post in posts])
    return Lesson(tuple(posts), amounts, tuple(others), _edges(kind))


def log_amount(post: Post) -> float:
    """The logarithm of the amount that the post states, in cents."""
    return math.log(post.target_cents or 1)
