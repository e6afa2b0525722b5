"""Cards are fitted by counting, under one stated assumption."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy.parse import parse_rule_book
from connects.policy.shelf import shipped, shipped_names, shipped_text
from connects.pricing.quote import Price, price
from connects.studies.card_fit import (
    OPEN,
    Card,
    History,
    PastPost,
    Step,
    Targets,
    band_cards,
    fit,
    progressive_card,
    progressive_cards,
    rounded,
)
from connects.studies.fitted_book import with_card
from connects.vocabulary.facts import JobFacts, JobKind

CREDIT = 15.0
POSTS = st.lists(
    st.builds(
        PastPost,
        value_cents=st.integers(1, 2_000_000),
        connects=st.integers(1, 8),
        proposals=st.floats(1, 60),
        newcomers=st.booleans(),
    ),
    min_size=1,
    max_size=40,
)
FLAT: Card = (Step(OPEN, 4),)


def by_hand(posts: list[PastPost], card: Card, elasticity: float) -> tuple[float, float]:
    """Proposals and revenue, post by post."""
    proposals = revenue = 0.0
    for post in posts:
        connects = next(step.connects for step in card if post.value_cents <= step.up_to)
        sent = post.proposals * (connects / post.connects) ** -elasticity
        proposals += sent
        revenue += sent * connects * CREDIT
    return proposals / len(posts), revenue / len(posts)


@given(POSTS, st.sampled_from([0.0, 0.3, 1.0]))
def test_a_card_comes_to_what_its_posts_come_to_one_by_one(
    posts: list[PastPost], elasticity: float
) -> None:
    card = progressive_card(0.5, 4, 8)

    outcome = History(posts, CREDIT, elasticity).outcome(card)

    assert (outcome.proposals, outcome.revenue) == pytest.approx(by_hand(posts, card, elasticity))


@given(POSTS)
def test_where_nothing_answers_to_the_price_proposals_stay(posts: list[PastPost]) -> None:
    history = History(posts, CREDIT, elasticity=0)

    assert history.outcome(FLAT).proposals == pytest.approx(history.base.proposals)


@given(st.floats(0.2, 0.8), st.floats(1, 10), st.integers(2, 24))
def test_a_progressive_cards_edges_and_prices_rise(power: float, middle: float, most: int) -> None:
    card = progressive_card(power, middle, most)

    edges, prices = [step.up_to for step in card], [step.connects for step in card]
    assert edges == sorted(set(edges))
    assert prices == sorted(set(prices))
    assert (edges[-1], prices[-1]) == (OPEN, most)


@pytest.mark.parametrize(
    ("cents", "edge"), [(1_234.0, 1200), (12_345.0, 120_00), (987_654.0, 9_900_00), (10.0, 1_00)]
)
def test_edges_are_round(cents: float, edge: int) -> None:
    assert rounded(cents) == edge


def test_the_fit_takes_the_least_burden_of_those_that_reach_the_revenue() -> None:
    posts = [PastPost(value * 100_00, 4, 10.0, value < 5) for value in range(1, 40)]
    history = History(posts, CREDIT, 0.3)

    found = fit(history, progressive_cards(), Targets(100))

    assert found.is_met
    assert found.outcome.revenue >= found.base.revenue
    assert found.outcome.burden < found.base.burden
    better = [
        outcome
        for card in progressive_cards()
        if (outcome := history.outcome(card)).revenue >= found.base.revenue
        and outcome.burden < found.outcome.burden
    ]
    assert better == []


def test_targets_that_no_card_reaches_are_said_to_be_missed() -> None:
    history = History([PastPost(100_00, 4, 10.0, newcomers=True)], CREDIT, 0.3)

    found = fit(history, band_cards(2), Targets(1000, burden_percent=0.01))

    assert not found.is_met


def test_the_frontiers_burden_rises_with_revenue() -> None:
    posts = [PastPost(value * 50_00, 4, 10.0, value < 9) for value in range(1, 80)]

    found = fit(History(posts, CREDIT, 0.3), progressive_cards(), Targets())

    burdens = [outcome.burden for _, _, outcome in found.frontier]
    assert len(burdens) > 3
    assert burdens == sorted(burdens)


def test_posts_without_value_are_no_history() -> None:
    with pytest.raises(ValueError, match="no post has a value"):
        History([PastPost(0, 4, 1.0, newcomers=False)], CREDIT, 0.3)


@pytest.mark.parametrize("base", shipped_names())
def test_any_rule_book_takes_a_fitted_card_and_keeps_all_else(base: str) -> None:
    card = progressive_card(0.5, 4, 6)

    book = parse_rule_book(with_card(shipped_text(base), card, "fitted", "a test"), "fitted")

    before = shipped(base)
    assert (book.name, book.version) == ("fitted", 1)
    assert book.bundles == before.bundles
    assert book.free == before.free
    for step in card[:-1]:
        answer = price(JobFacts(kind=JobKind.FIXED, budget_cents=max(step.up_to, 6_00)), book)
        assert isinstance(answer, Price)
        assert answer.connects >= step.connects
