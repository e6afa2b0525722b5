"""A price in words: every step with its numbers, in the currency of its rule book."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy.shelf import shipped, shipped_names
from connects.pricing import edits, reasons
from connects.pricing.edits import ALL_EDITS, Edit
from connects.pricing.explained import ExplainedPrice, explain
from connects.pricing.quote import Price
from connects.statements.examples import EXAMPLES, example_prices
from connects.statements.price_document import inputs_of, price_document
from connects.statements.price_words import (
    demand_text,
    edit_text,
    interval_text,
    reason_text,
    value_text,
)
from connects.vocabulary.amounts import DECIMALS, Money
from connects.vocabulary.facts import Demand, Estimate, JobFacts, JobKind, Range
from connects.vocabulary.refusals import Reason
from tests.policy.tables import book
from tests.pricing.test_price import demands, posts

TOLD: list[tuple[str, dict[str, Any], list[str]]] = [
    (reasons.VALUE_FROM_BUDGET, {"budget_cents": 2_400_00}, ["$2,400"]),
    (
        reasons.VALUE_FROM_RATE,
        {"rate_cents": 32_00, "hours_per_week": 15, "days": 134},
        ["$32", "15"],
    ),
    (reasons.VALUE_FROM_SIMILAR_JOBS, {"value_cents": 100_00}, ["about $100"]),
    (reasons.RATE_FROM_LEVEL, {"level": "expert", "rate_cents": 32_00}, ["expert", "$32"]),
    (reasons.RATE_ASSUMED, {"rate_cents": 20_00}, ["$20"]),
    (reasons.HOURS_ASSUMED, {"hours_per_week": 15}, ["15"]),
    (reasons.DURATION_ASSUMED, {"days": 30}, []),
    (reasons.BUDGET_MISSING, {}, ["budget"]),
    (reasons.BUDGET_PLACEHOLDER, {"budget_cents": 5_00}, ["$5"]),
    (reasons.BUDGET_CONTRADICTS_POST, {"budget_cents": 75_00}, ["$75"]),
    (reasons.BUDGET_LIKELY_PLACEHOLDER, {"budget_cents": 5_00, "chance_percent": 83}, ["$5"]),
    (reasons.BUDGET_DOUBTED, {"budget_cents": 10_00}, ["$10"]),
    (reasons.BUDGET_OPEN, {"budget_cents": 10_00}, ["$10", "open"]),
    (reasons.VALUE_MIXED, {"value_cents": 91_00}, ["about $90"]),
    (reasons.PRICE_FOLLOWS_BUDGET, {"budget_cents": 10_00}, ["$10"]),
    (
        reasons.VALUE_ESTIMATED,
        {"value_cents": 9_188_57, "low_cents": 3_000_00, "high_cents": 20_000_00},
        ["about $9,000", "$3,000", "$20,000"],
    ),
    (
        reasons.RATE_ESTIMATED,
        {"rate_cents": 28_40, "low_cents": 18_00, "high_cents": 45_00},
        ["about $30"],
    ),
    (reasons.NO_MODEL, {}, []),
    (reasons.BAND, {"value_cents": 2_400_00, "band": "step 7"}, ["$2,400"]),
    (reasons.DEMAND_ABOVE_AVERAGE, {"index_thousandths": 1_210}, ["higher"]),
    (reasons.DEMAND_AVERAGE_OR_BELOW, {"index_thousandths": 940}, ["lower"]),
    (reasons.DEMAND_TOO_FEW_JOBS, {"jobs": 3, "fewest_jobs": 20}, ["3", "too few"]),
    (reasons.ADJUSTMENT, {"name": "client not verified", "steps": -1}, []),
    (reasons.FIRST_PROPOSAL_FREE, {}, ["free"]),
    (reasons.FREE_AGAIN, {}, ["withdrew", "free"]),
    (reasons.CLIENT_RECORD, {"left_open": 5, "posts": 12, "percent": 21}, ["5 of 12"]),
    (reasons.TOLD_BY_HOST, {"left_open": 5, "posts": 12, "hires": 6}, ["12 jobs", "5 of them"]),
    (reasons.INVITED, {}, ["invited", "free"]),
    (reasons.PRIVATE_CLOUD, {}, ["free"]),
    (reasons.NEWCOMER, {"proposals": 5, "percent": 50, "sent": 2}, []),
]


@pytest.mark.parametrize(("code", "parameters", "facts"), TOLD)
def test_a_step_of_a_price_tells_its_facts(
    code: str, parameters: dict[str, Any], facts: list[str]
) -> None:
    words = reason_text(Reason(code, parameters), "USD").lower()

    assert [fact for fact in facts if fact.lower() not in words] == [], words
    assert words.endswith(".")


def test_every_step_is_told_here() -> None:
    assert {code for code, *_ in TOLD} == set(reasons.ALL_REASONS)


@pytest.mark.parametrize("currency", DECIMALS)
@pytest.mark.parametrize(("code", "parameters", "facts"), TOLD)
def test_a_step_is_told_in_its_rule_books_currency(
    code: str, parameters: dict[str, Any], facts: list[str], currency: str
) -> None:
    words = reason_text(Reason(code, parameters), currency)

    has_amount = any(name.endswith("_cents") for name in parameters)
    assert has_amount == (currency in words or (currency == "USD" and "$" in words))
    assert currency == "USD" or "$" not in words


@pytest.mark.parametrize(
    ("code", "parameters", "facts"),
    [
        (edits.BUDGET, {"budget_cents": 97_00}, ["$97"]),
        (edits.RATE, {"rate_cents": 20_00}, ["$20", "hour"]),
        (edits.DURATION, {"least": 30, "most": 89}, ["30", "89"]),
        (edits.DURATION, {"least": 180, "most": None}, ["180"]),
        (edits.DURATION, {"least": 0, "most": 29}, ["29"]),
        (edits.HOURS, {"least": 30, "most": None}, ["30", "week"]),
        (edits.LEVEL, {"level": "expert"}, ["expert"]),
        (edits.VERIFY, {}, ["verified"]),
    ],
)
@pytest.mark.parametrize(("connects", "said"), [(1, "1 Connect."), (2, "2 Connects."), (0, "0 ")])
def test_an_edit_tells_what_to_say_and_what_it_would_cost(
    code: str, parameters: dict[str, Any], facts: list[str], connects: int, said: str
) -> None:
    words = edit_text(Edit(code, parameters, connects), "USD")

    assert code in ALL_EDITS
    assert [fact for fact in (*facts, said) if fact not in words] == [], words


def explained(
    facts: JobFacts,
    name: str = "fair-2026",
    demand: Demand | None = None,
    estimate: Estimate | None = None,
) -> ExplainedPrice:
    answer = explain(facts, shipped(name), demand or Demand(), estimate)
    assert isinstance(answer, ExplainedPrice), answer
    return answer


def assumed(price: Price) -> list[str]:
    return [reason.code for reason in price.reasons if reason.code in reasons.ASSUMPTIONS]


def test_a_budget_that_is_believed_is_told_to_the_cent() -> None:
    price = explained(JobFacts(JobKind.FIXED, budget_cents=2_412_34)).price

    assert value_text(price, "USD") == "$2,412.34"
    assert assumed(price) == []
    assert interval_text(price, "USD") == ""


def test_a_value_that_nobody_stated_is_told_roughly_with_what_it_rests_on() -> None:
    guess = Estimate(240_00, 90_00, 700_00, "2026-01-29/dddddddd")
    price = explained(JobFacts(JobKind.FIXED), estimate=guess).price

    assert value_text(price, "USD").startswith("about $2")
    assert len(assumed(price)) == 1
    assert "$90" in interval_text(price, "USD")
    assert "$700" in interval_text(price, "USD")


@pytest.mark.parametrize("name", shipped_names())
def test_a_price_without_an_interval_tells_none(name: str) -> None:
    plain = explained(JobFacts(JobKind.FIXED), name).price
    without = Price(plain.connects, plain.band, plain.value_cents, plain.reasons)

    assert interval_text(without, "USD") == ""


@pytest.mark.parametrize(
    ("demand", "facts"),
    [
        (Demand(1_210, 41), ["41 jobs"]),
        (Demand(900, 1), ["1 job "]),
        (Demand(0, 0), ["0 jobs"]),
        (Demand(1_500, None), ["not counted"]),
    ],
)
def test_demand_is_told_with_how_many_jobs_it_was_counted_on(
    demand: Demand, facts: list[str]
) -> None:
    words = demand_text(demand)

    assert [fact for fact in facts if fact not in words] == [], words


@given(posts, demands, st.sampled_from(shipped_names()))
def test_every_price_can_be_told_whole(facts: JobFacts, demand: Demand, name: str) -> None:
    answer = explained(facts, name, demand)
    document = price_document(answer)

    assert json.loads(json.dumps(document)) == document
    assert document["connects"] == answer.price.connects
    assert all(reason["words"].endswith(".") for reason in document["reasons"])  # type: ignore[attr-defined]
    assert document["assumed"] == [
        r.code for r in answer.price.reasons if r.code in reasons.ASSUMPTIONS
    ]


def test_a_program_reads_the_codes_parameters_and_words_of_each_step() -> None:
    facts = JobFacts(
        JobKind.FIXED, budget_cents=40_00, hours_per_week=Range(30, None), category="Web"
    )
    document: dict[str, Any] = price_document(explained(facts, "upwork-2023", Demand(1_200, 30)))

    assert document["rule_book"] == shipped("upwork-2023").label
    assert document["digest"] == shipped("upwork-2023").digest
    assert (document["demand_thousandths"], document["demand_jobs"]) == (1_200, 30)
    assert document["inputs"]["hours_per_week"] == {"least": 30, "most": None}
    assert document["inputs"]["category"] == "Web"
    assert {"code", "parameters", "words", "assumed"} == set(document["reasons"][0])
    assert {"code", "parameters", "words", "connects"} == set(document["edits"][0])


def test_what_the_post_does_not_say_is_given_as_nothing() -> None:
    inputs = inputs_of(JobFacts(JobKind.FIXED))

    assert inputs["budget_cents"] is None
    assert inputs["duration_days"] is None
    assert inputs["kind"] == "fixed"


@pytest.mark.parametrize("name", shipped_names())
def test_the_examples_cost_what_the_price_function_says(name: str) -> None:
    told = example_prices(shipped(name))

    assert [words for words, _ in told] == [words for words, _ in EXAMPLES]
    assert [connects for _, connects in told] == [
        explained(facts, name).price.connects for _, facts in EXAMPLES
    ]


@pytest.mark.parametrize("words", [words for words, facts in EXAMPLES if facts.budget_cents])
def test_an_example_names_the_budget_that_it_is_priced_by(words: str) -> None:
    facts = dict(EXAMPLES)[words]
    assert facts.budget_cents is not None

    assert str(Money(facts.budget_cents, "USD")).removesuffix(".00") in words


def test_an_example_costs_more_where_the_card_does() -> None:
    dearer = book("freelancer-com", {"card.bands.0.connects": 9})

    assert {connects for _, connects in example_prices(dearer)} == {9}
