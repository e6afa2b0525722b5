"""An estimate never falls where a post asks for more, in bulk as one by one."""

from dataclasses import replace

import pytest

from connects.estimate.estimator import Estimator
from connects.estimate.posts import DURATIONS, LEVELS, Post
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
