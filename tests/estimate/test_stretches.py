"""Shifts of all prices by time are found where they are, and not where there are none."""

import random
from collections import Counter

import pytest

from connects.estimate.stretches import Stretch, stretches


def batches(shifts: list[int], posts: int = 100, noise: float = 0.15) -> dict[int, Counter[int]]:
    chance = random.Random(1)
    return {
        number: Counter(
            chance.choice((-1, 0, 1, 2)) if chance.random() < noise else shift for _ in range(posts)
        )
        for number, shift in enumerate(shifts)
    }


def test_stretches_are_recovered_with_their_ends() -> None:
    planted = [0] * 9 + [1] * 6 + [0] * 4 + [2] * 3

    found = stretches(batches(planted))

    assert [(s.first, s.last, s.shift) for s in found] == [
        (0, 8, 0),
        (9, 14, 1),
        (15, 18, 0),
        (19, 21, 2),
    ]
    assert all(s.explained / s.posts > 0.8 for s in found)


def test_chance_alone_makes_no_stretch() -> None:
    assert [s.shift for s in stretches(batches([0] * 40, posts=20, noise=0.5))] == [0]


def test_a_few_odd_posts_do_not_make_a_batch_of_their_own() -> None:
    steady = batches([0] * 10, noise=0.0)
    steady[4] = Counter({1: 8})

    assert len(stretches(steady)) == 1


@pytest.mark.parametrize(
    ("given", "found"), [({}, []), ({7: Counter({1: 30})}, [Stretch(7, 7, 1, 30, 30)])]
)
def test_little_is_no_problem(given: dict[int, Counter[int]], found: list[Stretch]) -> None:
    assert stretches(given) == found
