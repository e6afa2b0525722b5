"""Intervals hold what they promise in each third of the estimates, with as much missed on either side."""

import numpy as np
import pytest

from connects.estimate.judgement import Guess
from connects.estimate.rising import Answer, Told
from connects.estimate.settling import needed_widening, widened, widening_of

POSTS = 3_000
CHANCE = np.random.default_rng(1)
AMOUNTS = CHANCE.uniform(3, 9, POSTS)
GUESSES = [Guess(amount, amount - 0.2, amount + 0.2) for amount in AMOUNTS.tolist()]
# The higher an amount is guessed, the more it scatters; far more often upwards.
ACTUAL = AMOUNTS + np.where(
    CHANCE.random(POSTS) < 0.5, -0.3 * CHANCE.random(POSTS), AMOUNTS / 6 * CHANCE.random(POSTS)
)


def test_as_many_amounts_are_missed_under_an_interval_as_over_it() -> None:
    by = needed_widening(GUESSES, ACTUAL, np.ones(POSTS, dtype=bool))

    ends = [guess.widened(by) for guess in GUESSES]
    under = np.mean([actual < own.low for own, actual in zip(ends, ACTUAL, strict=True)])
    over = np.mean([actual > own.high for own, actual in zip(ends, ACTUAL, strict=True)])
    assert under == pytest.approx(0.1, abs=0.002)
    assert over == pytest.approx(0.1, abs=0.002)


def test_an_end_that_cannot_miss_its_half_leaves_the_rest_to_the_other() -> None:
    never_under = np.maximum(ACTUAL, AMOUNTS)

    by = needed_widening(GUESSES, never_under, np.ones(POSTS, dtype=bool))

    ends = [guess.widened(by) for guess in GUESSES]
    held = [own.low <= actual <= own.high for own, actual in zip(ends, never_under, strict=True)]
    assert np.mean(held) == pytest.approx(0.8, abs=0.002)


def test_each_third_of_the_estimates_holds_its_share_however_well_the_client_is_known() -> None:
    likeness = [(0, 2, 7)[place % 3] for place in range(POSTS)]

    told = [
        Told(0, (((0,), (0,)),), (Answer(guess, alike),))
        for guess, alike in zip(GUESSES, likeness, strict=True)
    ]

    widening = widening_of(told, ACTUAL)

    for alike in (0, 2, 7):
        for third in np.array_split(np.argsort(AMOUNTS), 3):
            held = [
                own.low <= ACTUAL[place] <= own.high
                for place in third.tolist()
                if likeness[place] == alike
                for own in [GUESSES[place].widened(widening.of(AMOUNTS[place], alike))]
            ]
            assert np.mean(held) == pytest.approx(0.8, abs=0.05)


def test_what_intervals_hold_is_what_they_hold_after_rising() -> None:
    # The senior of two variants is answered lower half of the time, so rising moves half of the ends.
    junior = CHANCE.normal(0, 1, POSTS)
    told = [
        Told(
            1,
            (((0,), (0, 1)), ((0, 1), (1,))),
            tuple(Answer(Guess(m, m - 0.1, m + 0.1)) for m in (amount + below, amount)),
        )
        for amount, below in zip(AMOUNTS.tolist(), junior.tolist(), strict=True)
    ]

    widening = widening_of(told, ACTUAL)

    ends = [widened(own, widening).risen() for own in told]
    for third in np.array_split(np.argsort([own.amount for own in ends]), 3):
        held = [ends[place].low <= ACTUAL[place] <= ends[place].high for place in third.tolist()]
        assert np.mean(held) == pytest.approx(0.8, abs=0.03)
