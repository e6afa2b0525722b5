"""The price card as a table, and what Connects cost in money."""

import pytest

from connects.policy.card_table import card_table
from connects.policy.shelf import shipped, shipped_names
from connects.policy.worth import worth
from connects.vocabulary.amounts import Money


@pytest.mark.parametrize("name", shipped_names())
def test_the_table_has_every_band_with_its_price(name: str) -> None:
    book = shipped(name)

    prices = [(row.low, row.high) for row in card_table(book)]

    assert prices == [(band.connects.low, band.connects.high) for band in book.card.bands]


def test_a_row_says_which_jobs_it_prices_and_what_that_costs() -> None:
    row = card_table(shipped("fair-2026"))[0]

    assert row.jobs.startswith("up to $")
    assert row.money == Money(15 * row.low, "USD")


def test_connects_are_worth_what_the_smallest_bundle_costs_rounded_up() -> None:
    assert worth(shipped("fair-2026"), 6) == Money(90, "USD")
    assert worth(shipped("fair-2026"), 0) == Money(0, "USD")


@pytest.mark.parametrize("name", shipped_names())
def test_a_rule_book_that_sells_none_gives_them_no_price(name: str) -> None:
    bundles = shipped(name).bundles
    sells = bool(bundles.offers) or bundles.price_per_connect is not None

    assert (worth(shipped(name), 1) is not None) == sells
