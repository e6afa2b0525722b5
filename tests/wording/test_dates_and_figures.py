"""Days, numbers and money are written as people of each language write them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from connects.vocabulary.amounts import Money
from connects.vocabulary.countries import country_code, country_name
from connects.wording import dates, figures
from connects.wording.languages import speaking

MOMENT = datetime(2026, 9, 2, 8, 5, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        (
            "en",
            (
                "2 September 2026|2 Sep 2026|2 September|2 Sep|Wednesday 2 September"
                "|Wednesday 2 September 2026|September 2026|08:05|08:05:59"
            ),
        ),
        (
            "es",
            (
                "2 de septiembre de 2026|2 sept 2026|2 de septiembre|2 sept|miércoles 2 de septiembre"
                "|miércoles 2 de septiembre de 2026|septiembre de 2026|08:05|08:05:59"
            ),
        ),
    ],
)
def test_a_day_is_written_as_its_reader_writes_it(code: str, written: str) -> None:
    days = (
        dates.day,
        dates.short_day,
        dates.day_of_year,
        dates.short_day_of_year,
        dates.weekday,
        dates.weekday_of_year,
        dates.month,
    )
    with speaking(code):
        said = [write(MOMENT) for write in days]
        said += [dates.clock(MOMENT), dates.clock_with_seconds(MOMENT)]

    assert "|".join(said) == written


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "$1,218.00|\N{MINUS SIGN}$0.07|JPY 1,200|KWD 1.500|$2,400|12.5%|12,345.5"),
        ("es", "1.218,00 US$|\N{MINUS SIGN}0,07 US$|1.200 JPY|1,500 KWD|2.400 US$|12,5 %|12.345,5"),
    ],
)
def test_money_and_numbers_are_written_as_their_reader_writes_them(code: str, written: str) -> None:
    with speaking(code):
        said = [
            str(Money(121_800, "USD")),
            str(Money(-7, "USD")),
            str(Money(1_200, "JPY")),
            str(Money(1_500, "KWD")),
            Money(240_000, "USD").whole,
            figures.percent(Decimal("0.125")),
            figures.number(12_345.5),
        ]

    assert "|".join(said).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize("code", ["en", "es"])
def test_an_amount_that_nobody_has_is_written_to_its_last_digit(code: str) -> None:
    with speaking(code):
        said = str(Money(10**90 + 7, "USD")), Money(10**90, "USD").whole, figures.number(10**90)

    assert [sum(c.isdigit() for c in text) for text in said] == [91, 89, 91]


def test_countries_have_their_names_and_are_found_by_english_ones_too() -> None:
    with speaking("es"):
        assert country_name("DE") == "Alemania"
        assert [country_code(typed) for typed in ("alemania", "Germany", "de")] == ["DE"] * 3
    assert country_code("Alemania") is None


@pytest.mark.parametrize(
    ("code", "less", "more"), [("en", "−1,234.5", "+0.50"), ("es", "−1.234,5", "+0,50")]
)
def test_less_than_nothing_has_a_minus_sign_and_nothing_has_no_sign(
    code: str, less: str, more: str
) -> None:
    with speaking(code):
        assert figures.number(-1_234.5) == figures.decimals(-1_234.5, 1) == less
        assert figures.signed(-1_234.5, 1) == less
        assert figures.signed(0.5, 2) == more
        assert figures.signed(-0.04, 1) == figures.signed(0.04, 1) == figures.decimals(-0.04, 1)
        assert figures.signed(0) == figures.number(-0) == "0"
        assert figures.percent(Decimal("-0.05")).startswith("−5")
        assert "-" not in figures.whole_money(Decimal(-5), "USD") + figures.leading(-0.5, 3)


def test_a_small_figure_has_as_many_digits_as_the_one_beside_it() -> None:
    assert [figures.telling(each) for each in (3.9, 0.27, 0.0996, 0.0994, 0.054, 0.003, 0)] == [
        *("3.90", "0.27", "0.10", "0.099", "0.054", "0.0030", "0.00"),
    ]
