"""Learning estimators from history, in a minute or two on two cores.

What a row says about its own amount must never reach the row (`encoding.py`), so rows to learn from are
encoded by tables made without their fold, and clients' residuals come from a first guess that was made
without it, too. The intervals and the figures that are kept with a model come from whole estimators
that were each trained without a part of the posts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from connects.estimate import grow
from connects.estimate.encoding import STATED, Encoder, encoder_of, surroundings_of
from connects.estimate.estimator import Ensembles, Estimator
from connects.estimate.judgement import Opinion
from connects.estimate.lessons import (
    Lesson,
    lessons_of,
    log_amount,
    pooled_lessons_of,
    posts_told,
)
from connects.estimate.medians import Medians, medians_of
from connects.estimate.model import Learned
from connects.estimate.offers import Closest, Offer
from connects.estimate.pool import Pool
from connects.estimate.pooling import begin_pool, finished_pool
from connects.estimate.posts import Post
from connects.estimate.settling import (
    SetAside,
    figures_of,
    judgement_of,
    set_aside,
    widening_of,
)
from connects.estimate.side_by_side import side_by_side
from connects.estimate.texts import have_texts, words_of

Matrix = npt.NDArray[np.float64]

ENCODING_FOLDS = 8
RESIDUAL_FOLDS = 4
CALIBRATION_FOLDS = 8
MANY_POSTS = 6_000
ENOUGH_POSTS = 1_500
THRESHOLDS = 8


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
            (source, kind): _estimator(lesson, begun[source, kind], pools[kind], opinions[kind])
            for (source, kind), lesson in lessons.items()
        }
    return Learned(estimators, pools)


def _by_client(others: Sequence[Post]) -> dict[str, tuple[int, float]]:
    """How many posts of the other kind each client has, and their mean logarithm."""
    logs: dict[str, list[float]] = defaultdict(list)
    for post in others:
        if post.client:
            logs[post.client].append(log_amount(post))
    return {client: (len(own), sum(own) / len(own)) for client, own in logs.items()}


def _folds(posts: int, folds: int, seed: int) -> npt.NDArray[np.intp]:
    shuffled: npt.NDArray[np.intp] = np.random.default_rng(seed).permutation(posts)
    return shuffled % folds


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
    """What those who never saw the posts at these places say of them."""

    places: list[int]
    opinions: list[Opinion]
    closest: list[Closest | None]
    medians: Medians


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
    fold = _folds(len(lesson.posts), folds, seed=3)
    learned = lesson.part(np.flatnonzero(fold != number))
    encoder, rows = encoded(learned)
    ensembles = _ensembles(rows, learned, seeds=(0,))
    medians = medians_of(learned.posts)
    places = np.flatnonzero(fold == number).tolist()
    asked = [lesson.posts[place] for place in places]
    opinions = ensembles.opinions(np.array([encoder.row(post) for post in asked]))
    return _Part(places, opinions, [encoder.closest(post) for post in asked], medians)


def _kept(lesson: Lesson, begun: _Begun, pooled: Mapping[int, Opinion]) -> list[SetAside]:
    """What is said of each post by those who never saw it; `pooled` by the posts' identities."""
    by_place: dict[int, SetAside] = {}
    for fold in begun.folds:
        part = fold.result()
        for place, opinion, closest in zip(part.places, part.opinions, part.closest, strict=True):
            post = lesson.posts[place]
            by_place[place] = set_aside(post, opinion, pooled[id(post)], closest, part.medians)
    return [by_place[place] for place in range(len(lesson.posts))]


def _estimator(
    lesson: Lesson, begun: _Begun, pool: Pool, pooled: Mapping[int, Opinion]
) -> Estimator:
    kept = _kept(lesson, begun, pooled)
    judgement = judgement_of(kept, lesson.amounts, lesson.edges)
    guesses = [own.guess(judgement) for own in kept]
    likeness = [own.likeness for own in kept]
    widening = widening_of(guesses, likeness, lesson.amounts)
    learned = begun.whole.result()
    return Estimator(
        learned.encoder,
        learned.ensembles,
        judgement,
        widening,
        medians_of(lesson.posts),
        figures_of(guesses, likeness, widening, lesson.amounts),
        pool,
    )


def encoded(lesson: Lesson) -> tuple[Encoder, Matrix]:
    """The encoder of all posts, and their rows as if each had been encoded without itself."""
    encoder = _encoder(lesson)
    stated, said = _rows_without_own_fold(lesson, encoder)
    residuals = lesson.amounts - _first_guess(np.hstack([stated, said]), lesson.amounts)
    encoder.other = _by_client(lesson.others)
    encoder.offers = _offers(lesson, residuals)
    history = np.array([encoder.history(post) for post in lesson.posts])
    return encoder, np.hstack([stated, history, said])


def _encoder(lesson: Lesson) -> Encoder:
    others = [log_amount(post) for post in lesson.others]
    surroundings = surroundings_of(lesson.posts, lesson.others, others)
    encoder = encoder_of(lesson.posts, lesson.amounts.tolist(), surroundings)
    if have_texts(lesson.posts):
        encoder.words = words_of(lesson.posts, lesson.amounts.tolist())
    return encoder


def _rows_without_own_fold(lesson: Lesson, whole: Encoder) -> tuple[Matrix, Matrix]:
    """What posts state, and what their texts say where the whole encoder has words."""
    fold = _folds(len(lesson.posts), ENCODING_FOLDS, seed=1)
    stated = np.empty((len(lesson.posts), STATED))
    said = np.empty((len(lesson.posts), len(whole.words)))
    for number in range(ENCODING_FOLDS):
        rest = lesson.part(np.flatnonzero(fold != number))
        encoder = encoder_of(rest.posts, rest.amounts.tolist(), whole.surroundings)
        if whole.words:
            encoder.words = words_of(rest.posts, rest.amounts.tolist())
        for place in np.flatnonzero(fold == number):
            stated[place] = encoder.stated(lesson.posts[place])
            said[place] = encoder.said(lesson.posts[place])
    return stated, said


def _first_guess(rows: Matrix, amounts: Matrix) -> Matrix:
    fold = _folds(len(rows), RESIDUAL_FOLDS, seed=2)
    found = np.empty(len(rows))
    for number in range(RESIDUAL_FOLDS):
        rest, own = fold != number, fold == number
        trees = grow.boosted(rows[rest], amounts[rest], 1, loss="absolute_error", max_iter=100)
        found[own] = trees.predict_many(rows[own])[:, 0]
    return found


def _offers(lesson: Lesson, residuals: Matrix) -> dict[str, list[Offer]]:
    offers: dict[str, list[Offer]] = defaultdict(list)
    for post, amount, residual in zip(lesson.posts, lesson.amounts, residuals, strict=True):
        if post.client:
            offers[post.client].append(
                Offer(
                    post.fingerprint,
                    post.subcategory,
                    post.level,
                    post.duration,
                    post.title_characters,
                    post.hours,
                    round(float(amount), 6),
                    round(float(residual), 4),
                )
            )
    return dict(offers)


def _ensembles(rows: Matrix, lesson: Lesson, seeds: tuple[int, ...]) -> Ensembles:
    amounts = lesson.amounts
    effort = min(len(amounts) / ENOUGH_POSTS, 1.0)  # few posts bear few trees
    rounds, leaf = max(round(200 * effort), 20), max(round(20 - 15 * effort), 5)
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
