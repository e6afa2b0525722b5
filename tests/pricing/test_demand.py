"""Demand in small categories, drawn towards the average."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from connects.policy import shelf
from connects.pricing.demand import WEIGHT_MOST, shrunk, suggested_weight
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import Demand, JobFacts, JobKind


@given(st.integers(0, 20_000), st.integers(0, 500), st.integers(0, 500))
def test_a_shrunk_index_lies_between_its_own_and_the_average(
    index: int, jobs: int, average_jobs: int
) -> None:
    found = shrunk(Demand(index, jobs), average_jobs)

    assert min(index, 1_000) <= found <= max(index, 1_000)


def test_no_average_jobs_change_nothing() -> None:
    assert shrunk(Demand(1_700, 20), 0) == 1_700


def test_as_many_average_jobs_as_own_ones_go_half_way() -> None:
    assert shrunk(Demand(2_000, 20), 20) == 1_500


def test_an_index_set_by_hand_stands_for_itself() -> None:
    assert shrunk(Demand(2_000, None), 50) == 2_000


def test_a_rule_book_with_average_jobs_needs_more_jobs_to_be_dear() -> None:
    book = shelf.shipped("upwork-2019-05")
    rule = book.card.demand
    assert rule is not None
    cautious = rule.model_copy(update={"average_jobs": 1_000, "high_above_thousandths": 1_100})
    card = book.card.model_copy(update={"demand": cautious})
    job = JobFacts(kind=JobKind.FIXED, budget_cents=2_000_00)

    small, large = (
        price(job, book.model_copy(update={"card": card}), Demand(1_500, jobs))
        for jobs in (30, 3_000)
    )

    assert isinstance(small, Price)
    assert isinstance(large, Price)
    assert (small.connects, large.connects) == (5, 6)


def test_categories_that_differ_by_chance_alone_are_drawn_all_the_way() -> None:
    assert suggested_weight([(100, 500), (200, 1_000), (50, 250)]) == WEIGHT_MOST
    assert suggested_weight([(100, 500)]) is None


def test_the_suggested_weight_recovers_the_spread_that_rates_were_drawn_with() -> None:
    chance = Random(7)
    counts = []
    for _ in range(400):
        jobs, rate = chance.randint(5, 80), chance.gammavariate(8.0, 1.0)  # mean 8, variance 8
        counts.append((jobs, sum(_poisson(chance, rate) for _ in range(jobs))))

    weight = suggested_weight(counts)

    assert weight is not None
    assert 0 <= weight <= 2  # the mean over the variance is 1


def _poisson(chance: Random, rate: float) -> int:
    passed, count = chance.expovariate(rate), 0
    while passed < 1:
        passed += chance.expovariate(rate)
        count += 1
    return count
