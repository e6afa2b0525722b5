"""Amounts of money are whole minor units, of which each currency has its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.vocabulary.amounts import (
    DECIMALS,
    Money,
    cents_from_decimal,
    decimal_from_cents,
)


@pytest.mark.parametrize(
    ("cents", "currency", "said"),
    [
        (1499, "USD", "$14.99"),
        (1499, "EUR", "EUR 14.99"),
        (1499, "JPY", "JPY 1,499"),
        (1499, "KWD", "KWD 1.499"),
        (-150, "EUR", "\N{MINUS SIGN}EUR 1.50"),
        (123_456_789, "USD", "$1,234,567.89"),
    ],
)
def test_an_amount_is_said_in_its_currency_with_its_decimals(
    cents: int, currency: str, said: str
) -> None:
    assert str(Money(cents, currency)) == said


@given(st.integers(0, 10**15), st.sampled_from(sorted(DECIMALS)))
def test_what_is_written_reads_back(cents: int, currency: str) -> None:
    assert cents_from_decimal(decimal_from_cents(cents, currency), currency) == cents


@pytest.mark.parametrize(
    ("text", "currency"), [("14.9", "USD"), ("14.999", "USD"), ("14.99", "JPY"), ("-1", "EUR")]
)
def test_an_amount_with_other_decimals_than_its_currency_is_none(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match="is not an amount such as"):
        cents_from_decimal(text, currency)
