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
from connects.estimate.encoding import STATED, Encoder, Offer, encoder_of
from connects.estimate.estimator import (
    BAND_EDGES,
    Ensembles,
    Estimator,
    Guess,
    Widening,
    guess,
)
from connects.estimate.medians import medians_of
from connects.estimate.posts import Post
from connects.estimate.side_by_side import side_by_side
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
COVERAGE = 0.8
FEWEST_TO_CALIBRATE = 40


@dataclass(frozen=True, slots=True)
class Lesson:
    """Posts that state their amount, its logarithms in cents, and clients' jobs of the other kind."""

    posts: tuple[Post, ...]
    amounts: Matrix
    other: dict[str, tuple[int, float]]
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
    """What there is to learn from: `others` are posts of the other kind, for their clients."""
    by_client: dict[str, list[float]] = defaultdict(list)
    for post in others:
        if post.client:
            by_client[post.client].append(_log(post))
    other = {client: (len(logs), sum(logs) / len(logs)) for client, logs in by_client.items()}
    amounts = np.array([_log(post) for post in posts])
    return Lesson(tuple(posts), amounts, other, BAND_EDGES if kind is JobKind.FIXED else ())


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
    """Guesses for the posts at these places by who never saw them, and whether it knew the clients."""

    places: list[int]
    guesses: list[Guess]
    known: list[bool]


def _begin(lesson: Lesson, pool: Executor) -> _Begun:
    # Folds cost time, and pay where a client's other posts are many but not too many to spare.
    is_middling = ENOUGH_POSTS <= len(lesson.posts) < MANY_POSTS
    folds = CALIBRATION_FOLDS if is_middling else CALIBRATION_FOLDS // 2
    whole = pool.submit(_learned, lesson)
    return _Begun([pool.submit(_set_aside, lesson, folds, own) for own in range(folds)], whole)


def _learned(lesson: Lesson) -> _Learned:
    encoder, rows = encoded(lesson)
    return _Learned(encoder, _ensembles(rows, lesson, seeds=(0, 1)))


def _set_aside(lesson: Lesson, folds: int, number: int) -> _Part:
    fold = _folds(len(lesson.posts), folds, seed=3)
    learned = lesson.part(np.flatnonzero(fold != number))
    encoder, rows = encoded(learned)
    ensembles = _ensembles(rows, learned, seeds=(0,))
    places = np.flatnonzero(fold == number).tolist()
    asked = np.array([encoder.row(lesson.posts[place]) for place in places])
    guesses = [guess(sums, lesson.edges) for sums in ensembles.sums_of_many(asked)]
    return _Part(places, guesses, [encoder.knows_client(lesson.posts[place]) for place in places])


def _estimator(lesson: Lesson, begun: _Begun) -> Estimator:
    guesses: list[Guess] = [Guess(0, 0, 0)] * len(lesson.posts)
    known = np.zeros(len(lesson.posts), dtype=bool)
    for fold in begun.folds:
        part = fold.result()
        known[part.places] = part.known
        for place, own in zip(part.places, part.guesses, strict=True):
            guesses[place] = own
    widening = _widening(guesses, known, lesson.amounts)
    learned = begun.whole.result()
    return Estimator(
        learned.encoder,
        learned.ensembles,
        widening,
        medians_of(lesson.posts),
        lesson.edges,
        _figures(guesses, known, widening, lesson.amounts),
    )


def encoded(lesson: Lesson) -> tuple[Encoder, Matrix]:
    """The encoder of all posts, and their rows as if each had been encoded without itself."""
    stated = _rows_without_own_fold(lesson)
    residuals = lesson.amounts - _first_guess(stated, lesson.amounts)
    encoder = encoder_of(lesson.posts, lesson.amounts.tolist())
    encoder.other = lesson.other
    encoder.offers = _offers(lesson, residuals)
    history = np.array([encoder.history(post) for post in lesson.posts])
    return encoder, np.hstack([stated, history])


def _rows_without_own_fold(lesson: Lesson) -> Matrix:
    fold = _folds(len(lesson.posts), ENCODING_FOLDS, seed=1)
    rows = np.empty((len(lesson.posts), STATED))
    for number in range(ENCODING_FOLDS):
        rest = lesson.part(np.flatnonzero(fold != number))
        encoder = encoder_of(rest.posts, rest.amounts.tolist())
        for place in np.flatnonzero(fold == number):
            rows[place] = encoder.stated(lesson.posts[place])
    return rows


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
                    round(float(amount), 4),
                    round(float(residual), 4),
                )
            )
    return dict(offers)


def _ensembles(rows: Matrix, lesson: Lesson, seeds: tuple[int, ...]) -> Ensembles:
    amounts = lesson.amounts
    effort = min(len(amounts) / ENOUGH_POSTS, 1.0)  # few posts bear few trees
    rounds, leaf = max(round(200 * effort), 20), max(round(20 - 15 * effort), 5)
    over = [amounts > math.log(edge + 0.5) for edge in lesson.edges]
    # A chance counts as much as two units of log amount when the averaged trees choose a split.
    targets = np.column_stack([amounts, *(2.0 * hits for hits in over)])
    averaged = grow.averaged(rows, targets, 0, leaf)
    for place in range(len(averaged.values)):
        if place % averaged.width:
            averaged.values[place] /= 2.0
    return Ensembles(
        median=grow.together(
            [
                grow.boosted(rows, amounts, seed, loss="absolute_error", max_iter=rounds)
                for seed in seeds
            ]
        ),
        low=grow.boosted(rows, amounts, 5, loss="quantile", quantile=0.1, max_iter=rounds // 2),
        high=grow.boosted(rows, amounts, 6, loss="quantile", quantile=0.9, max_iter=rounds // 2),
        averaged=averaged,
        odds=[grow.boosted_odds(rows, hits, 7, rounds) for hits in over],
    )


def _widening(guesses: list[Guess], known: npt.NDArray[np.bool_], amounts: Matrix) -> Widening:
    """How far the ends must move to hold 80 % of the posts that were set aside."""
    every = np.ones(len(guesses), dtype=bool)
    groups = [g if g.sum() >= FEWEST_TO_CALIBRATE else every for g in (known, ~known)]
    return Widening(*(_needed(guesses, amounts, group) for group in groups))


def _needed(guesses: list[Guess], amounts: Matrix, group: npt.NDArray[np.bool_]) -> float:
    """The least widening that holds the share; an end that is held at the amount moves no further."""
    needed = []
    for place in np.flatnonzero(group):
        own, actual = guesses[place], float(amounts[place])
        if actual < own.amount:
            needed.append(own.low - actual)
        else:
            needed.append(-99.0 if actual == own.amount else actual - own.high)
    rank = min(math.ceil(COVERAGE * (len(needed) + 1)), len(needed))
    return sorted(needed)[rank - 1]


def _figures(
    guesses: list[Guess], known: npt.NDArray[np.bool_], widening: Widening, amounts: Matrix
) -> dict[str, float]:
    ends = [
        own.widened(widening.known if is_known else widening.unknown)
        for own, is_known in zip(guesses, known, strict=True)
    ]
    held = [
        own.low <= actual <= own.high for own, actual in zip(ends, amounts.tolist(), strict=True)
    ]
    errors = [abs(own.amount - actual) for own, actual in zip(guesses, amounts, strict=True)]
    return {
        "posts": len(guesses),
        "mae_log": round(float(np.mean(errors)), 4),
        "coverage_80": round(float(np.mean(held)), 4),
    }
