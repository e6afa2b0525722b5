"""Learning estimators from history, in a minute or two on two cores.

The intervals and the figures that are kept with a model come from whole estimators that were each
trained without a part of the posts, and are asked for it as the model will be asked for new ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from connects.estimate import grow
from connects.estimate.encoding import Encoder
from connects.estimate.estimator import NO_WIDENING, Ensembles, Estimator
from connects.estimate.judgement import Judgement, Opinion
from connects.estimate.lessons import (
    Lesson,
    lessons_of,
    log_amount,
    parts_of,
    pooled_lessons_of,
    posts_told,
)
from connects.estimate.medians import Medians, medians_of
from connects.estimate.model import Learned
from connects.estimate.offers import Closest
from connects.estimate.pool import Pool
from connects.estimate.pooling import BegunPool, begin_pool, finished_pool
from connects.estimate.posts import Post
from connects.estimate.rising import Told, in_slices, told_of
from connects.estimate.rows import encoded
from connects.estimate.settling import (
    SetAside,
    figures_of,
    judgement_of,
    set_aside,
    widening_of,
)
from connects.estimate.side_by_side import side_by_side

Matrix = npt.NDArray[np.float64]

CALIBRATION_FOLDS = 8
MANY_POSTS = 6_000
ENOUGH_POSTS = 1_500
THRESHOLDS = 8
ROUNDS = 200
ROUNDS_OF_FEW = 120
ENOUGH_TYPED = 300
"""So many posts show which amounts clients type."""


def train(posts: Iterable[Post]) -> Learned:
    """An estimator for each source and kind that has at least 20 posts with a believed amount, and a
    pool of all sources for each kind that has.
    """
    told = posts_told(posts)
    lessons, pooled = lessons_of(told), pooled_lessons_of(told)
    with side_by_side(sum(len(lesson.posts) for lesson in lessons.values())) as workers:
        begun_pools = {kind: begin_pool(lesson, workers) for kind, lesson in pooled.items()}
        begun = {key: _begin(lesson, workers) for key, lesson in lessons.items()}
        opinions = {kind: each.opinions() for kind, each in begun_pools.items()}
        pools = {kind: finished_pool(each, opinions[kind]) for kind, each in begun_pools.items()}
        estimators = {
            (source, kind): _estimator(
                lesson,
                begun[source, kind],
                _Pooled(begun_pools[kind], pools[kind], opinions[kind]),
                workers,
            )
            for (source, kind), lesson in lessons.items()
        }
    return Learned(estimators, pools)


@dataclass(frozen=True, slots=True)
class _Taught:
    """What all posts of a lesson teach."""

    encoder: Encoder
    ensembles: Ensembles


@dataclass(frozen=True, slots=True)
class _Begun:
    """Pieces of training that are being done: each fold set aside, and the whole."""

    folds: list[Future[_Part]]
    whole: Future[_Taught]


@dataclass(frozen=True, slots=True)
class _Part:
    """Who never saw the posts at these places, and what they say of them."""

    places: list[int]
    taught: _Taught
    opinions: list[Opinion]
    closest: list[Closest | None]
    medians: Medians


@dataclass(frozen=True, slots=True)
class _Pooled:
    """What all sources say together: `opinions` by the posts' identities, by those who never saw them."""

    begun: BegunPool
    whole: Pool
    opinions: Mapping[int, Opinion]


def _begin(lesson: Lesson, pool: Executor) -> _Begun:
    # Folds cost time, and pay where a client's other posts are many but not too many to spare.
    is_middling = ENOUGH_POSTS <= len(lesson.posts) < MANY_POSTS
    folds = CALIBRATION_FOLDS if is_middling else CALIBRATION_FOLDS // 2
    whole = pool.submit(_learned, lesson)
    return _Begun([pool.submit(_part, lesson, folds, own) for own in range(folds)], whole)


def _learned(lesson: Lesson) -> _Taught:
    encoder, rows = encoded(lesson)
    return _Taught(encoder, _ensembles(rows, lesson, seeds=(0, 1)))


def _part(lesson: Lesson, folds: int, number: int) -> _Part:
    fold = parts_of(len(lesson.posts), folds)
    learned = lesson.part(np.flatnonzero(fold != number))
    encoder, rows = encoded(learned)
    ensembles = _ensembles(rows, learned, seeds=(0,))
    medians = medians_of(learned.posts)
    places = np.flatnonzero(fold == number).tolist()
    asked = [lesson.posts[place] for place in places]
    opinions = ensembles.opinions(np.array([encoder.row(post) for post in asked]))
    closest = [encoder.closest(post) for post in asked]
    return _Part(places, _Taught(encoder, ensembles), opinions, closest, medians)


def _kept(lesson: Lesson, begun: _Begun, pooled: Mapping[int, Opinion]) -> list[SetAside]:
    """What is said of each post by those who never saw it; `pooled` by the posts' identities."""
    by_place: dict[int, SetAside] = {}
    for fold in begun.folds:
        part = fold.result()
        for place, opinion, closest in zip(part.places, part.opinions, part.closest, strict=True):
            post = lesson.posts[place]
            by_place[place] = set_aside(post, opinion, pooled[id(post)], closest, part.medians)
    return [by_place[place] for place in range(len(lesson.posts))]


def _told(
    lesson: Lesson, begun: _Begun, pooled: _Pooled, judgement: Judgement, workers: Executor
) -> list[Told]:
    """What is said of each post and its variants by those who never saw it, by the way posts will be."""
    asked: list[tuple[list[int], Future[list[Told]]]] = []
    for number, fold in enumerate(begun.folds):
        part, pool = fold.result(), pooled.begun.without(number)
        encoder, ensembles = part.taught.encoder, part.taught.ensembles
        own = Estimator(encoder, ensembles, judgement, NO_WIDENING, part.medians, {}, pool)
        posts = [lesson.posts[place] for place in part.places]
        asked.append((part.places, workers.submit(_ask, own, posts)))
    by_place = {
        place: told
        for places, found in asked
        for place, told in zip(places, found.result(), strict=True)
    }
    return [by_place[place] for place in range(len(lesson.posts))]


def _ask(estimator: Estimator, posts: Sequence[Post]) -> list[Told]:
    return [told for part in in_slices(posts) for told in told_of(estimator.guesses, part)]


def _estimator(lesson: Lesson, begun: _Begun, pooled: _Pooled, workers: Executor) -> Estimator:
    kept = _kept(lesson, begun, pooled.opinions)
    judgement = judgement_of(kept, lesson.amounts, lesson.edges, _typed(lesson, pooled))
    told = _told(lesson, begun, pooled, judgement, workers)
    widening = widening_of(told, lesson.amounts)
    learned = begun.whole.result()
    return Estimator(
        learned.encoder,
        learned.ensembles,
        judgement,
        widening,
        medians_of(lesson.posts),
        figures_of(told, widening, lesson.amounts),
        pooled.whole,
    )


def _typed(lesson: Lesson, pooled: _Pooled) -> Matrix:
    """The amounts that show which ones clients type: a small source's own would not."""
    if len(lesson.posts) >= ENOUGH_TYPED:
        return lesson.amounts
    return np.array([log_amount(post) for post in pooled.begun.lesson.posts])


def _ensembles(rows: Matrix, lesson: Lesson, seeds: tuple[int, ...]) -> Ensembles:
    amounts = lesson.amounts
    effort = min(len(amounts) / ENOUGH_POSTS, 1.0)  # few posts bear few trees
    rounds = max(round(ROUNDS * effort), min(len(amounts), ROUNDS_OF_FEW))
    leaf = max(round(20 - 15 * effort), 5)
    edges = [math.log(edge + 0.5) for edge in lesson.edges]
    thresholds = _thresholds(amounts, edges)
    targets = np.column_stack([amounts > threshold for threshold in thresholds]).astype(float)
    return Ensembles(
        median=grow.together(
            [
                grow.boosted(rows, amounts, seed, loss="absolute_error", max_iter=rounds)
                for seed in seeds
            ]
        ),
        low=grow.boosted(rows, amounts, 5, loss="quantile", quantile=0.1, max_iter=rounds // 2),
        high=grow.boosted(rows, amounts, 6, loss="quantile", quantile=0.9, max_iter=rounds // 2),
        averaged=grow.averaged(rows, targets, 0, leaf),
        odds=[
            grow.together([grow.boosted_odds(rows, amounts > edge, 7 + s, rounds) for s in seeds])
            for edge in edges
        ],
        thresholds=tuple(thresholds),
        edges=tuple(thresholds.index(edge) for edge in edges),
    )


def _thresholds(amounts: Matrix, edges: list[float]) -> list[float]:
    """Amounts (half a cent up, as logarithms) that cut the posts into parts of a size, and the edges."""
    ranked = np.sort(amounts)
    parts = (ranked[len(ranked) * part // (THRESHOLDS + 1)] for part in range(1, THRESHOLDS + 1))
    return sorted({*edges, *(math.log(round(math.exp(amount)) + 0.5) for amount in parts)})
