"""Amounts that nobody stated are told as a person would say them."""

import pytest

from connects.statements.rounded import about, likely


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (9_188_57, "about $9,000"),
        (1_234_00, "about $1,200"),
        (96_00, "about $100"),
        (4_60, "about $5"),
        (30, "about $0.30"),
        (0, "about $0"),
        (123_456_789_00, "about $120,000,000"),
    ],
)
def test_digits_that_are_not_known_are_not_told(cents: int, said: str) -> None:
    assert about(cents, "USD") == said


def test_currencies_have_their_own_decimals() -> None:
    assert (about(9_188, "JPY"), about(9_188_570, "KWD")) == ("about JPY 9,000", "about KWD 9,000")


def test_an_interval_is_told_where_it_helps() -> None:
    assert likely(2_900_00, 20_400_00, "USD") == "likely between $3,000 and $20,000"
    assert likely(685_00, 110_468_00, "USD") == ""
    assert likely(0, 600_71, "USD") == ""
    assert likely(300_00, 300_00, "USD") == ""
