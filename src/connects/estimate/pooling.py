"""Learning what all sources say together (`pool.py`).

Each source counts with at most some thousand posts, so that none drowns the others. What the pool says
of a post is known for posts that it did not learn from only, so it is grown several times, each time
without a part of all posts, and then once more from all.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from connects.estimate import grow
from connects.estimate.encoding import Encoder, encoder_of, surroundings_of
from connects.estimate.judgement import Guess, Opinion, bounds_of
from connects.estimate.lessons import PooledLesson, log_amount, parts_of
from connects.estimate.pool import Pool, Usual
from connects.estimate.posts import Post
from connects.estimate.settling import needed_widening

Matrix = npt.NDArray[np.float64]

POSTS_OF_A_SOURCE = 2_500
FEWEST_OF_A_SOURCE = 5
PARTS = 4
ENCODING_FOLDS = 5
ROUNDS = 240
ROUNDS_OF_ENDS = 120
FEWEST_ROUNDS = 40
ENOUGH_POSTS = 1_500


@dataclass(frozen=True, slots=True)
class BegunPool:
    """A pool that is being grown: without each part of the posts, and from all."""

    lesson: PooledLesson
    parts: list[Future[_Part]]
    whole: Future[Pool]

    def opinions(self) -> dict[int, Opinion]:
        """What pools that never saw them say of all posts, by the posts' identities in memory."""
        left = [iter(part.result().opinions) for part in self.parts]
        part_of = _part_of(self.lesson)
        return {
            id(post): next(left[part])
            for post, part in zip(self.lesson.posts, part_of, strict=True)
        }

    def without(self, part: int) -> Pool:
        """The pool that never saw a part of the posts; `part` is one of these, or of twice as many."""
        return self.parts[part % PARTS].result().pool


@dataclass(frozen=True, slots=True)
class _Part:
    """A pool that did not learn from a part of the posts, and what it says of them, in their order."""

    pool: Pool
    opinions: list[Opinion]


def begin_pool(lesson: PooledLesson, pool: Executor) -> BegunPool:
    """Start to grow it, in pieces."""
    whole = pool.submit(_whole, lesson)
    return BegunPool(lesson, [pool.submit(_part, lesson, part) for part in range(PARTS)], whole)


def finished_pool(begun: BegunPool, opinions: Mapping[int, Opinion]) -> Pool:
    """The pool, with intervals for posts of sources that it does not know."""
    found = begun.whole.result()
    posts = begun.lesson.posts
    amounts = np.array([log_amount(post) for post in posts])
    guesses = [_as_of_an_unknown_source(post, opinions[id(post)], found.usual) for post in posts]
    weights = _one_voice_each(posts)
    found.widening = needed_widening(guesses, amounts, weights)
    ends = [own.widened(found.widening) for own in guesses]
    held = [own.low <= actual <= own.high for own, actual in zip(ends, amounts, strict=True)]
    errors = np.abs(amounts - [own.amount for own in guesses])
    found.figures = {
        "posts": len(posts),
        "sources": len({post.source for post in posts}),
        "mae_log": round(float(errors[weights].mean()), 4),
        "coverage_80": round(float(np.array(held)[weights].mean()), 4),
    }
    return found


def _one_voice_each(posts: Sequence[Post]) -> npt.NDArray[np.bool_]:
    """A choice of posts in which no source outweighs the others by more than is in the nature of it."""
    counts: dict[str, int] = defaultdict(int)
    chosen = np.zeros(len(posts), dtype=bool)
    sizes = sorted(
        sum(1 for post in posts if post.source == source) for source in {p.source for p in posts}
    )
    most = sizes[len(sizes) // 2]
    for place in np.random.default_rng(5).permutation(len(posts)).tolist():
        source = posts[place].source
        counts[source] += 1
        chosen[place] = counts[source] <= most
    return chosen


def _as_of_an_unknown_source(post: Post, opinion: Opinion, usual: Usual) -> Guess:
    """The opinion as it would be if what is usual in the post's source were known of all others only."""
    rest = [own for source, own in usual.by_source.items() if source != post.source]
    away = (statistics.fmean(rest) if rest else usual.centre) - usual.of(post.source)
    return Guess(opinion.amount + away, opinion.low + away, opinion.high + away)


def _part_of(lesson: PooledLesson) -> list[int]:
    """Which part each post belongs to; posts of a source lie together."""
    sizes = [len(list(own)) for _, own in groupby(lesson.posts, key=lambda post: post.source)]
    return [int(number) for size in sizes for number in parts_of(size, PARTS)]


def _part(lesson: PooledLesson, part: int) -> _Part:
    part_of = _part_of(lesson)
    learned = [post for post, own in zip(lesson.posts, part_of, strict=True) if own != part]
    asked = [post for post, own in zip(lesson.posts, part_of, strict=True) if own == part]
    found = _grown(learned, lesson.others)
    return _Part(found, found.opinions(asked, bounds_of(lesson.edges)) if asked else [])


def _whole(lesson: PooledLesson) -> Pool:
    return _grown(lesson.posts, lesson.others)


def _grown(posts: Sequence[Post], others: Sequence[Post]) -> Pool:
    usual, kept = usual_of(posts), _capped(posts)
    of_others, kept_others = usual_of(others), _capped(others)
    amounts = [log_amount(post) - usual.of(post.source) for post in kept]
    other_amounts = [log_amount(post) - of_others.of(post.source) for post in kept_others]
    surroundings = surroundings_of(kept, kept_others, other_amounts)
    encoder = encoder_of(kept, amounts, surroundings)
    rows, targets = _rows_without_own_fold(kept, amounts, encoder), np.array(amounts)
    effort = min(len(kept) / ENOUGH_POSTS, 1.0)
    rounds = max(round(ROUNDS * effort), FEWEST_ROUNDS)
    ends = max(round(ROUNDS_OF_ENDS * effort), FEWEST_ROUNDS)
    return Pool(
        encoder,
        grow.boosted(rows, targets, 0, loss="absolute_error", max_iter=rounds),
        grow.boosted(rows, targets, 5, loss="quantile", quantile=0.1, max_iter=ends),
        grow.boosted(rows, targets, 6, loss="quantile", quantile=0.9, max_iter=ends),
        usual,
        (0.0, 0.0),
        {},
    )


def _rows_without_own_fold(
    posts: Sequence[Post], amounts: Sequence[float], whole: Encoder
) -> Matrix:
    """Each post's row, encoded by tables that did not see it; clients are not told apart."""
    fold = np.random.default_rng(1).permutation(len(posts)) % ENCODING_FOLDS
    rows: list[list[float]] = [[] for _ in posts]
    for number in range(ENCODING_FOLDS):
        rest = np.flatnonzero(fold != number).tolist()
        encoder = encoder_of(
            [posts[place] for place in rest], [amounts[place] for place in rest], whole.surroundings
        )
        for place in np.flatnonzero(fold == number).tolist():
            rows[place] = encoder.row(posts[place])
    return np.array(rows)


def usual_of(posts: Sequence[Post]) -> Usual:
    """The median of each source that has a few posts, and the mean of these medians."""
    logs: dict[str, list[float]] = defaultdict(list)
    for post in posts:
        logs[post.source].append(log_amount(post))
    medians = {
        source: statistics.median(own)
        for source, own in sorted(logs.items())
        if len(own) >= FEWEST_OF_A_SOURCE
    }
    rest = list(medians.values()) or [statistics.median(own) for own in logs.values()] or [0.0]
    return Usual(medians, statistics.fmean(rest))


def _capped(posts: Sequence[Post]) -> list[Post]:
    """Of each source no more than so many posts."""
    counts: dict[str, int] = defaultdict(int)
    kept: list[int] = []
    for place in np.random.default_rng(6).permutation(len(posts)).tolist():
        counts[posts[place].source] += 1
        if counts[posts[place].source] <= POSTS_OF_A_SOURCE:
            kept.append(place)
    return [posts[place] for place in sorted(kept)]
