"""Odds are told with their sample and interval, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.statements.odds import FEWEST, odds


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_share_lies_within_its_interval(hits: int, others: int) -> None:
    told = odds(hits, hits + others)

    if told.cases < FEWEST:
        assert told.percent is None
    else:
        assert told.low is not None
        assert told.percent is not None
        assert told.high is not None
        assert 0 <= told.low <= told.percent <= told.high <= 100


@pytest.mark.parametrize(
    ("hits", "cases", "percent", "low", "high"),
    [(0, 10, 0, 0, 28), (5, 10, 50, 23, 77), (10, 10, 100, 72, 100), (500, 1000, 50, 46, 54)],
)
def test_the_interval_is_wilsons(hits: int, cases: int, percent: int, low: int, high: int) -> None:
    told = odds(hits, cases)

    assert (told.percent, told.low, told.high) == (percent, low, high)
