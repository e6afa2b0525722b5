"""A source's posts as rows of numbers to learn from.

What a row says about its own amount must never reach the row (`encoding.py`), so rows to learn from are
encoded by tables made without their fold, and clients' residuals come from a first guess that was made
without it, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from connects.estimate import grow
from connects.estimate.encoding import STATED, Encoder, encoder_of, surroundings_of
from connects.estimate.lessons import Lesson, log_amount
from connects.estimate.offers import Offer
from connects.estimate.posts import Post
from connects.estimate.texts import have_texts, words_of

Matrix = npt.NDArray[np.float64]

ENCODING_FOLDS = 8
RESIDUAL_FOLDS = 4


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
