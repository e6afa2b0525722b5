"""A fitted card is tried on posts that it was not fitted to, and says who pays more and who less."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.studies.card_fit import (
    OPEN,
    History,
    PastPost,
    Step,
    band_cards,
    card_price,
    within_step,
)
from connects.studies.elasticity import Elasticity
from connects.studies.set_aside import is_aside, on_aside
from connects.studies.who_pays import who_pays

CARD = (Step(100_00, 1), Step(OPEN, 6))
POSTS = [PastPost(value * 10_00, 4, 10.0, value % 2 == 0, kind="fixed") for value in range(1, 41)]


def test_figures_on_posts_set_aside_are_those_of_the_posts_themselves() -> None:
    found = on_aside(POSTS, CARD, 15.0, Elasticity(0.0))

    outcome = History(POSTS, 15.0, 0.0)
    assert found is not None
    revenue = 100 * outcome.outcome(CARD).revenue / outcome.base.revenue
    assert found.revenue_percent.number == pytest.approx(revenue)
    assert found.burden is not None
    assert found.burden.number == pytest.approx(outcome.outcome(CARD).burden)
    for interval in (found.revenue_percent, found.burden):
        assert interval.low < interval.number < interval.high


def test_too_few_posts_tell_nothing() -> None:
    assert on_aside(POSTS[:20], CARD, 15.0, Elasticity(0.0)) is None


def test_one_client_of_four_is_set_aside_and_always_the_same_ones() -> None:
    keys = [f"client {number}" for number in range(4_000)]

    aside = [key for key in keys if is_aside(key)]
    assert 900 < len(aside) < 1_100
    assert aside == [key for key in keys if is_aside(key)]


def test_every_group_says_how_many_pay_more_and_how_many_less() -> None:
    changes = {change.name: change for change in who_pays(POSTS, CARD)}

    whole = changes["all posts"]
    assert (whole.less_percent, whole.more_percent, whole.most_more) == (25, 75, 2)
    assert (changes["tenth 1"].before, changes["tenth 1"].after) == (4, 1)
    assert changes["tenth 10"].more_percent == 100
    assert "fixed" not in changes, "one group alone is all posts"


@pytest.mark.parametrize("most", [1, 2, 4])
def test_no_band_costs_more_over_the_one_below_than_the_limit_says(most: int) -> None:
    cards = list(within_step(band_cards(3), most))

    assert cards
    for card in cards:
        costs = [step.connects for step in card]
        assert all(b - a <= most for a, b in itertools.pairwise(costs))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.integers(0, 8))
def test_a_limit_on_rises_is_held_by_every_single_post(costs: list[int], most: int) -> None:
    posts = [PastPost(30_00 * n, cost, 1.0, newcomers=True) for n, cost in enumerate(costs, 1)]
    history = History(posts, 15.0, 0.0)

    for card in list(band_cards(3))[::97]:
        rises = [card_price(card, post.value_cents) - post.connects for post in posts]
        assert history.rises_within(card, most) is (max(rises) <= most)
