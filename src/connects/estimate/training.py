"""Learning estimators from history, in a minute or two on two cores.

What a row says about its own amount must never reach the row (`encoding.py`), so rows to learn from are
encoded by tables made without their fold, and clients' residuals come from a first guess that was made
without it, too. The intervals and the figures that are kept with a model come from whole estimators
that were each trained without a part of the posts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from connects.estimate import grow
from connects.estimate.encoding import STATED, Encoder, encoder_of, surroundings_of
from connects.estimate.estimator import BAND_EDGES, Ensembles, Estimator
from connects.estimate.judgement import Guess
from connects.estimate.medians import medians_of
from connects.estimate.offers import Offer
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
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

FEWEST_POSTS = 20
ENCODING_FOLDS = 8
RESIDUAL_FOLDS = 4
CALIBRATION_FOLDS = 8
MANY_POSTS = 6_000
ENOUGH_POSTS = 1_500
THRESHOLDS = 8


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


def train(posts: Iterable[Post]) -> dict[tuple[str, JobKind], Estimator]:
    """An estimator for each source and kind that has at least 20 posts with a believed amount."""
    lessons = _lessons(posts)
    with side_by_side(sum(len(lesson.posts) for lesson in lessons.values())) as pool:
        begun = {key: _begin(lesson, pool) for key, lesson in lessons.items()}
        return {key: _estimator(lesson, begun[key]) for key, lesson in lessons.items()}


def _lessons(posts: Iterable[Post]) -> dict[tuple[str, JobKind], Lesson]:
    told: dict[tuple[str, JobKind], list[Post]] = defaultdict(list)
    for post in posts:
        if post.target_cents is not None:
            told[post.source, post.kind].append(post)
    return {
        (source, kind): lesson_of(own, told.get((source, _other(kind)), []), kind)
        for (source, kind), own in sorted(told.items())
        if len(own) >= FEWEST_POSTS
    }


def _other(kind: JobKind) -> JobKind:
    return JobKind.HOURLY if kind is JobKind.FIXED else JobKind.FIXED


def lesson_of(posts: Sequence[Post], others: Sequence[Post], kind: JobKind) -> Lesson:
    """What there is to learn from: `others` are posts of the other kind."""
    amounts = np.array([_log(post) for post in posts])
    edges = BAND_EDGES if kind is JobKind.FIXED else ()
    return Lesson(tuple(posts), amounts, tuple(others), edges)


def _by_client(others: Sequence[Post]) -> dict[str, tuple[int, float]]:
    """How many posts of the other kind each client has, and their mean logarithm."""
    logs: dict[str, list[float]] = defaultdict(list)
    for post in others:
        if post.client:
            logs[post.client].append(_log(post))
    return {client: (len(own), sum(own) / len(own)) for client, own in logs.items()}


def _log(post: Post) -> float:
    return math.log(post.target_cents or 1)


def _folds(posts: int, folds: int, seed: int) -> npt.NDArray[np.intp]:
    shuffled: npt.NDArray[np.intp] = np.random.default_rng(seed).permutation(posts)
    return shuffled % folds


@dataclass(frozen=True, slots=True)
class _Learned:
    """What all posts of a lesson teach."""

    encoder: Encoder
    ensembles: Ensembles


@dataclass(frozen=True, slots=True)
class _Begun:
    """Pieces of training that are being done: each fold set aside, and the whole."""

    folds: list[Future[_Part]]
    whole: Future[_Learned]


@dataclass(frozen=True, slots=True)
class _Part:
    """What those who never saw the posts at these places say of them."""

    places: list[int]
    kept: list[SetAside]


def _begin(lesson: Lesson, pool: Executor) -> _Begun:
    # Folds cost time, and pay where a client's other posts are many but not too many to spare.
    is_middling = ENOUGH_POSTS <= len(lesson.posts) < MANY_POSTS
    folds = CALIBRATION_FOLDS if is_middling else CALIBRATION_FOLDS // 2
    whole = pool.submit(_learned, lesson)
    return _Begun([pool.submit(_part, lesson, folds, own) for own in range(folds)], whole)


def _learned(lesson: Lesson) -> _Learned:
    encoder, rows = encoded(lesson)
    return _Learned(encoder, _ensembles(rows, lesson, seeds=(0, 1)))


def _part(lesson: Lesson, folds: int, number: int) -> _Part:
    fold = _folds(len(lesson.posts), folds, seed=3)
    learned = lesson.part(np.flatnonzero(fold != number))
    encoder, rows = encoded(learned)
    ensembles = _ensembles(rows, learned, seeds=(0,))
    medians = medians_of(learned.posts)
    places = np.flatnonzero(fold == number).tolist()
    asked = [lesson.posts[place] for place in places]
    opinions = ensembles.opinions(np.array([encoder.row(post) for post in asked]))
    kept = [
        set_aside(post, opinion, encoder.closest(post), medians)
        for post, opinion in zip(asked, opinions, strict=True)
    ]
    return _Part(places, kept)


def _estimator(lesson: Lesson, begun: _Begun) -> Estimator:
    by_place: dict[int, SetAside] = {}
    for fold in begun.folds:
        part = fold.result()
        by_place.update(zip(part.places, part.kept, strict=True))
    kept = [by_place[place] for place in range(len(lesson.posts))]
    judgement = judgement_of(kept, lesson.amounts, lesson.edges)
    guesses: list[Guess] = [
        judgement.guess(own.opinion, own.medians[judgement.grouping], own.closest) for own in kept
    ]
    known = np.array([own.closest is not None for own in kept])
    widening = widening_of(guesses, known, lesson.amounts)
    learned = begun.whole.result()
    return Estimator(
        learned.encoder,
        learned.ensembles,
        judgement,
        widening,
        medians_of(lesson.posts),
        figures_of(guesses, known, widening, lesson.amounts),
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
    others = [_log(post) for post in lesson.others]
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
