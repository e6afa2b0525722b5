"""Amounts, dates, lengths, levels and words are read as marketplaces write them."""

from decimal import Decimal

import pytest

from connects.posts.counts import number_of
from connects.posts.dates import DAY_FIRST, sortable
from connects.posts.money import amount_of, decimal_sign
from connects.posts.unreadable import CellProblem
from connects.posts.words import (
    duration_range,
    kind_word,
    level_word,
    tier_word,
    verified_word,
    workload_word,
)
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    UNDER_ONE_MONTH,
    Range,
)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "hourly"),
    [
        ("$1,500.00", 1500, 1500, "USD", None),
        ("Est. budget: $1,000.00", 1000, 1000, "USD", False),
        ("Hourly: $5.00 - $8.00", 5, 8, "USD", True),
        ("15.86/hr", "15.86", "15.86", "", True),
        ("305.0-916.22", 305, "916.22", "", None),
        ("USD 500 - 1.000", 500, 1000, "USD", None),
        ("Menos de USD 50", None, 50, "USD", None),
        ("$10K+", 10_000, None, "USD", None),
        ("10-20k", 10_000, 20_000, "", None),
        ("1.2M", 1_200_000, 1_200_000, "", None),
        ("€1.250,50", "1250.50", "1250.50", "EUR", None),
        ("£1,175", 1175, 1175, "GBP", None),
        ("1 500", 1500, 1500, "", None),
        ("1'500.25", "1500.25", "1500.25", "", None),
        ("₹12,500 – ₹37,500 INR", 12_500, 37_500, "INR", None),
        ("1_000", 1000, 1000, "", None),
        ("1e3", 1000, 1000, "", None),
        ("٣٠٠", 300, 300, "", None),
        ("-5", -5, -5, "", None),
        ("Hourly", None, None, "", True),
    ],
)
def test_an_amount_is_read_as_it_is_written(
    text: str, low: object, high: object, currency: str, hourly: bool | None
) -> None:
    found = amount_of(text)

    ends = [None if end is None else Decimal(str(end)) for end in (low, high)]
    assert [found.low, found.high] == ends
    assert (found.currency, found.hourly) == (currency, hourly)


@pytest.mark.parametrize("text", "many|=1+1|$5, 3 days, 20 bids|1e99|inf|{5}|5 apples".split("|"))
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(CellProblem):
        amount_of(text)


def test_a_columns_cells_say_whether_a_point_ends_thousands_or_begins_cents() -> None:
    assert amount_of("1.500", decimal_sign(["12,50", "1.500"])).low == 1500
    assert amount_of("1.500", decimal_sign(["12.50", "1.500"])).low == Decimal("1.5")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("12/31/2022 6:46PM", "2022-12-31T18:46Z"),
        ("1/5/2023 9:23PM", "2023-01-05T21:23Z"),
        ("2023-01-06T10:00:00Z", "2023-01-06T10:00Z"),
        ("1672999999", "2023-01-06T10:13Z"),
        ("1672999999000", "2023-01-06T10:13Z"),
        ("Apr 21, 2023", "2023-04-21T00:00Z"),
        ("21 April 2023, 14:05 UTC", "2023-04-21T14:05Z"),
        ("31.12.2022", "2022-12-31T00:00Z"),
        ("2 hours ago", ""),
        ("2026-01-05 10:00:00 UTC", "2026-01-05T10:00Z"),
        ("5. März 2026", "2026-03-05T00:00Z"),
        ("5 de enero de 2026", "2026-01-05T00:00Z"),
        ("1er août 2026", "2026-08-01T00:00Z"),
        ("5 juin 2026", "2026-06-05T00:00Z"),
    ],
)
def test_a_date_becomes_text_that_sorts(text: str, instant: str) -> None:
    assert sortable(text) == instant


def test_days_come_first_where_the_column_says_so() -> None:
    assert sortable("1/5/2023", DAY_FIRST) == "2023-05-01T00:00Z"
    for text in ("soon", "31/31/2023", "99999999999999999"):
        with pytest.raises(CellProblem):
            sortable(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("lt_1m", UNDER_ONE_MONTH),
        ("Less than 1 month", UNDER_ONE_MONTH),
        ("1 to 3 months", ONE_TO_THREE_MONTHS),
        ("More than 6 months", OVER_SIX_MONTHS),
        ("Est. time:\n1 to 3 months, 30+ hrs/week", ONE_TO_THREE_MONTHS),
        ("Less than a week", Range(0, 6)),
        ("3 days", Range(3, 3)),
        ("30+ hrs/week", None),
        ("1 bis 3 Monate", ONE_TO_THREE_MONTHS),
        ("1 a 3 meses", ONE_TO_THREE_MONTHS),
        ("weniger als 1 Monat", UNDER_ONE_MONTH),
        ("Más de 6 meses", OVER_SIX_MONTHS),
        ("2 semaines", Range(14, 14)),
    ],
)
def test_a_length_is_read_in_days(text: str, days: Range | None) -> None:
    assert duration_range(text) == days


@pytest.mark.parametrize(
    ("read", "text", "word"),
    [
        (kind_word, "Fixed-price", "fixed"),
        (kind_word, "FIXED", "fixed"),
        (kind_word, "Hourly: $8-$25", "hourly"),
        (level_word, "Entry Level", "entry"),
        (level_word, "$$", "intermediate"),
        (workload_word, "30+ hrs/week", "30_plus"),
        (workload_word, "Less than 30 hrs/week", "lt_30"),
        (workload_word, "1 to 3 months, 30+ hrs/week", "30_plus"),
        (workload_word, "1 to 3 months", ""),
        (verified_word, "Payment verified", "1"),
        (verified_word, "0.0", "0"),
        (verified_word, "True", "1"),
        (tier_word, "Less than 5", "lt_5"),
        (tier_word, "5 to 10", "5_10"),
        (tier_word, "12", "10_15"),
        (tier_word, "50+", "50_plus"),
        (number_of, "$60K+\nspent", 60_000),
        (number_of, "4.95 of 5", 4.95),
    ],
)
def test_a_marketplaces_words_become_ours(read: object, text: str, word: str) -> None:
    assert callable(read)
    assert read(text) == word


@pytest.mark.parametrize(
    ("read", "text"),
    [(kind_word, "barter"), (level_word, "wizard"), (verified_word, "2"), (duration_range, "soon")],
)
def test_a_word_that_means_nothing_is_refused(read: object, text: str) -> None:
    assert callable(read)
    with pytest.raises(CellProblem):
        read(text)
