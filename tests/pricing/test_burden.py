"""The burden of a proposal: its Connects as a share of what the job is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy import shelf
from connects.pricing.burden import NOT_STATED, PricedPost, credit_price, fairness

FIFTEEN_CENTS = 15_000


def post(value: int, connects: int = 4, **words: str) -> PricedPost:
    return PricedPost(value, connects, **{"kind": "fixed", **words})


def test_the_share_is_what_the_connects_cost_over_the_value() -> None:
    found = fairness([post(100_00, connects=4)], FIFTEEN_CENTS)

    assert found is not None
    assert found.whole.mean == found.whole.median == pytest.approx(0.6)  # 60 cents of $100
    assert found.whole.connects == 4


def test_posts_without_a_value_have_no_share_and_are_counted() -> None:
    found = fairness([post(0), post(100_00)], FIFTEEN_CENTS)

    assert found is not None
    assert (found.whole.posts, found.unvalued) == (1, 1)
    assert fairness([post(0)], FIFTEEN_CENTS) is None


def test_the_tilt_is_the_least_valued_tenths_share_over_the_most_valued_ones() -> None:
    posts = [post(10_00) for _ in range(50)] + [post(1_000_00) for _ in range(50)]

    found = fairness(posts, FIFTEEN_CENTS)

    assert found is not None
    assert found.tilt == pytest.approx(100)
    assert [tenth.posts for tenth in found.by["value"]] == [10] * 10


def test_small_groups_go_together_and_say_so() -> None:
    posts = [post(100_00, category="web") for _ in range(30)]
    posts += [post(50_00, category="law"), post(50_00, category="art"), post(50_00)]

    found = fairness(posts, FIFTEEN_CENTS)

    assert found is not None
    web, small = found.by["category"]
    assert (web.name, web.posts, web.few) == ("web", 30, False)
    assert (small.name, small.posts, small.few) == ("3 smaller groups", 3, True)


def test_a_single_small_group_keeps_its_name() -> None:
    found = fairness([post(50_00)], FIFTEEN_CENTS)

    assert found is not None
    assert [group.name for group in found.by["country"]] == [NOT_STATED]


@given(st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 16)), min_size=1, max_size=80))
def test_every_grouping_holds_every_post_once(rows: list[tuple[int, int]]) -> None:
    found = fairness([post(value, connects) for value, connects in rows], FIFTEEN_CENTS)

    assert found is not None
    for groups in found.by.values():
        assert sum(group.posts for group in groups) == len(rows)
        assert all(group.low <= group.mean <= group.high for group in groups)


def test_a_connect_costs_what_it_does_in_the_smallest_bundle() -> None:
    assert credit_price(shelf.shipped("upwork-2019-05")) == FIFTEEN_CENTS
