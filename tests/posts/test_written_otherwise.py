"""What the same things are called elsewhere, and what must not be taken for them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from connects.posts.counts import number_of
from connects.posts.dates import MONTH_FIRST, is_relative, sortable
from connects.posts.money import amount_of
from connects.posts.unreadable import CellProblem
from connects.posts.words import duration_range, kind_word, level_word, verified_word, workload_word
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    UNDER_ONE_MONTH,
    Range,
)
from tests.posts.written_files import posts_in


@pytest.mark.parametrize("text", ["-$50", "\N{EN DASH}$1,500", "- 50 EUR", "$-5", "- \u20b9500"])
def test_a_minus_before_the_sign_of_a_currency_is_a_minus(text: str) -> None:
    low = amount_of(text).low

    assert low is not None
    assert low < 0


@pytest.mark.parametrize(
    "text",
    [
        "$20/hr - $40/hr",
        "20\u20ac - 40\u20ac",
        "Hourly: $20 \N{EN DASH} $40",
        "20 an hour - 40",
        "20 -40",
    ],
)
def test_a_dash_after_an_amount_parts_the_ends_of_a_range(text: str) -> None:
    found = amount_of(text)

    assert (found.low, found.high) == (Decimal(20), Decimal(40))


@pytest.mark.parametrize(
    "text",
    [
        "10%",
        "$500/$1000",
        "$500, $1000",
        "50 75",
        "\u20b85\u20be000",
        "\u20ae5000",
        "5000 \u20ba\u20ae",
    ],
)
def test_shares_two_amounts_and_money_that_nobody_knows_are_no_amount(text: str) -> None:
    with pytest.raises(CellProblem):
        amount_of(text)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "hourly"),
    [
        ("45 \u20ac/heure", 45, 45, "EUR", True),
        ("15.86 / hora", "15.86", "15.86", "", True),
        ("\u09f35,000", 5000, 5000, "BDT", None),
        ("Rp 500.000", 500_000, 500_000, "IDR", None),
        ("500 K\u010d", 500, 500, "CZK", None),
        ("1500 US dollars", 1500, 1500, "USD", None),
        ("ca. 200 EUR", 200, 200, "EUR", None),
        ("zwischen 500 und 1.000 \u20ac", 500, 1000, "EUR", None),
        ("mehr als 5.000 \u20ac", 5000, None, "EUR", None),
        ("jusqu'\u00e0 300 \u20ac", None, 300, "EUR", None),
        ("a partir de R$ 500", 500, None, "BRL", None),
        ("$500 or more", 500, None, "USD", None),
    ],
)
def test_an_amount_is_read_in_the_words_of_other_countries(
    text: str, low: object, high: object, currency: str, hourly: bool | None
) -> None:
    found = amount_of(text)

    ends = [None if end is None else Decimal(str(end)) for end in (low, high)]
    assert [found.low, found.high] == ends
    assert (found.currency, found.hourly) == (currency, hourly)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1.5 months", Range(45, 45)),
        ("1,5 Monate", Range(45, 45)),
        ("half a year", Range(182, 182)),
        ("ein halbes Jahr", Range(182, 182)),
        ("Weniger als ein Monat", UNDER_ONE_MONTH),
        ("bis 1 Monat", UNDER_ONE_MONTH),
        ("LESS_THAN_1_MONTH", UNDER_ONE_MONTH),
        ("ONE_TO_THREE_MONTHS", ONE_TO_THREE_MONTHS),
        ("unbefristet", OVER_SIX_MONTHS),
    ],
)
def test_parts_of_a_month_and_names_of_programs_are_lengths(text: str, days: Range) -> None:
    assert duration_range(text) == days


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("20h/week", "lt_30"),
        ("40h", "30_plus"),
        ("8 hours a day", "30_plus"),
        ("FULL_TIME", "30_plus"),
    ],
)
def test_hours_a_day_are_five_times_as_many_a_week(text: str, word: str) -> None:
    assert workload_word(text) == word


def test_a_cell_that_names_both_kinds_names_none() -> None:
    with pytest.raises(CellProblem):
        kind_word("fixed/hourly")


@pytest.mark.parametrize(("text", "word"), [("NOT_VERIFIED", "0"), ("WAHR", "1"), ("FALSCH", "0")])
def test_truth_is_read_as_programs_and_spreadsheets_write_it(text: str, word: str) -> None:
    assert verified_word(text) == word


def test_a_level_stands_behind_its_sign() -> None:
    assert level_word("$$ - Intermediate") == "intermediate"


def test_what_a_client_has_spent_may_have_its_cents_after_a_comma() -> None:
    assert [number_of(text) for text in ("1.234,50 \u20ac", "1,234.50", "4,95", "1.234.567")] == [
        1234.5,
        1234.5,
        4.95,
        1_234_567,
    ]


def test_who_writes_dates_with_points_writes_the_day_first() -> None:
    assert sortable("05.01.2024") == "2024-01-05T00:00Z"
    assert sortable("05.01.2024", MONTH_FIRST) == "2024-05-01T00:00Z"
    assert sortable("5/1/2024") == "2024-05-01T00:00Z"


def test_the_days_that_spreadsheets_count_are_dates() -> None:
    assert sortable("45292.5") == "2024-01-01T12:00Z"


@pytest.mark.parametrize("text", ["vor 2 Tagen", "il y a 3 jours", "h\u00e1 2 dias", "3h ago"])
def test_how_long_ago_is_understood_in_the_languages_that_we_read(text: str) -> None:
    assert is_relative(text)


def test_a_rate_of_zero_beside_a_budget_is_no_rate(tmp_path: Path) -> None:
    """Pages write both of every job, and 0 for what it does not have."""
    jobs = [
        {"uid": "1", "amount": {"amount": 500}, "hourlyBudget": {"min": 0, "max": 0}},
        {"uid": "2", "amount": {"amount": 0}, "hourlyBudget": {"min": 15, "max": 30}},
    ]

    assert _told(tmp_path, jobs) == [
        ("fixed", 500_00, None, None),
        ("hourly", None, 15_00, 30_00),
    ]


def test_an_hourly_job_at_zero_states_no_rate(tmp_path: Path) -> None:
    jobs = [{"id": 1, "kind": "hourly", "hourly_min": 0, "hourly_max": 0, "budget_usd": None}]

    assert _told(tmp_path, jobs) == [("hourly", None, None, None)]


def test_what_programs_ask_the_marketplace_for_is_read_as_it_comes(tmp_path: Path) -> None:
    def job(terms: dict[str, object], spent: object) -> dict[str, object]:
        client = {"totalSpent": spent, "verificationStatus": "NOT_VERIFIED"}
        return {"node": {"id": "1", "job": {"contractTerms": terms}, "client": client}}

    hourly = {"hourlyBudgetMin": 20.0, "hourlyBudgetMax": 40.0}
    fixed = {"amount": {"rawValue": "500.0", "currency": "USD"}}
    edges = [
        job({"contractType": "HOURLY", "hourlyContractTerms": hourly}, {"rawValue": "12.5"}),
        job({"contractType": "FIXED", "fixedPriceContractTerms": fixed}, None),
    ]

    assert _told(tmp_path, {"data": {"edges": edges}}) == [
        ("hourly", None, 20_00, 40_00),
        ("fixed", 500_00, None, None),
    ]


def _told(folder: Path, document: object) -> list[tuple[object, ...]]:
    facts = [
        row.row.facts for row in posts_in(folder / "jobs.json", json.dumps(document)) if row.row
    ]
    return [
        (each.kind.value, each.budget_cents, each.hourly_min_cents, each.hourly_max_cents)
        for each in facts
    ]
