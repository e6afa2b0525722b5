"""An estimate never falls where a post asks for more, in bulk as one by one."""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from connects.estimate.estimator import Estimator
from connects.estimate.judgement import Guess
from connects.estimate.posts import DURATIONS, LEVELS, Post
from connects.estimate.rising import Answer, risen, variants_of
from connects.estimate.training import train
from connects.vocabulary.facts import JobKind
from tests.estimate.histories import fixed_posts


@pytest.fixture(scope="module")
def estimator() -> Estimator:
    # So much chance that trees alone would have many estimates fall.
    return train(fixed_posts(200, noise=1.5)).estimators["S", JobKind.FIXED]


def estimates(estimator: Estimator, posts: list[Post]) -> list[tuple[int, int, int]]:
    found = estimator.estimate_many(posts, "m")
    return [(own.low_cents, own.cents, own.high_cents) for own in found]


def test_more_is_never_estimated_at_less(estimator: Estimator) -> None:
    for post in fixed_posts(40, seed=2):
        for rising in (
            [replace(post, level=level) for level in LEVELS],
            [replace(post, duration=duration) for duration in DURATIONS],
        ):
            found = estimates(estimator, rising)

            for part in zip(*found, strict=True):
                assert list(part) == sorted(part)
            assert all(low <= cents <= high for low, cents, high in found)


def test_one_post_gets_the_same_alone_as_among_many(estimator: Estimator) -> None:
    posts = fixed_posts(30, seed=3)

    alone = [estimator.estimate(post, "m") for post in posts]

    assert estimator.estimate_many(posts, "m") == alone


@pytest.mark.parametrize(
    "stated", [(level, duration) for level in LEVELS for duration in DURATIONS]
)
def test_answers_that_rest_on_alike_offers_stay_and_all_others_keep_to_them(
    stated: tuple[str, str],
) -> None:
    post = replace(fixed_posts(1)[0], level=stated[0], duration=stated[1])
    chance = random.Random(f"{stated}")
    said = {place: chance.uniform(3, 9) for place in range(12)}
    offered = [place for place in said if place % 4 == 1]  # rising among themselves
    said.update(zip(offered, (5.0, 6.0, 7.0), strict=True))

    def ask(posts: Sequence[Post]) -> list[Answer]:
        return [
            Answer(Guess(said[place], said[place] - 1, said[place] + 1), 8 * (place in offered))
            for place in (variants_of(each).own for each in posts)
        ]

    found = [risen(ask, [each])[0].amount for each in variants_of(post).posts]

    assert [found[place] for place in offered] == [5.0, 6.0, 7.0]
    table = np.array(found).reshape(len(LEVELS), len(DURATIONS))
    assert (np.diff(table, axis=0) >= 0).all()
    assert (np.diff(table, axis=1) >= 0).all()
