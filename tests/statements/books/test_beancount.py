"""The books as Beancount reads them: amounts, texts, openings and assertions."""

from datetime import date
from pathlib import Path

import pytest
from beancount import loader
from hypothesis import given, settings
from hypothesis import strategies as st

from connects.statements.books.beancount import (
    amount,
    asserted,
    header,
    opened,
    quoted,
    written,
)
from connects.statements.books.chart import CONNECT, Transaction, cash, fees, transaction

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("units", "commodity", "said"),
    [
        (150, "USD", "1.50 USD"),
        (-150, "USD", "-1.50 USD"),
        (5, "EUR", "0.05 EUR"),
        (-1500, "JPY", "-1500 JPY"),
        (1500, "KWD", "1.500 KWD"),
        (0, "USD", "0.00 USD"),
        (10, CONNECT, "10 CONNECT"),
        (-3, CONNECT, "-3 CONNECT"),
    ],
)
def test_an_amount_has_its_currencys_decimals_and_connects_have_none(
    units: int, commodity: str, said: str
) -> None:
    assert amount(units, commodity) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain", '"plain"'),
        ('a "quote"', r'"a \"quote\""'),
        ("back\\slash", r'"back\\slash"'),
        ("two\nlines", '"two lines"'),
        ("Łódź – 東京", '"Łódź – 東京"'),
    ],
)
def test_a_text_is_quoted(text: str, said: str) -> None:
    assert quoted(text) == said


def bought(what: str = "purchase", reference: str = "purchase:1") -> Transaction:
    return transaction(
        DAY, what, reference, (cash("stripe"), 150, "USD"), ("Liabilities:Undelivered", -150, "USD")
    )


def test_a_transaction_stands_on_its_day_with_its_reference() -> None:
    first, reference, *lines = written(bought())

    assert first == '2026-11-24 * "purchase"'
    assert "purchase:1" in reference
    assert [line.split() for line in lines] == [
        ["Assets:Cash:Stripe", "1.50", "USD"],
        ["Liabilities:Undelivered", "-1.50", "USD"],
        [],
    ]


def test_a_transaction_without_a_reference_names_none() -> None:
    assert not any("reference" in line for line in written(bought(reference="")))


def test_accounts_are_opened_once_each_in_order() -> None:
    assert list(opened(["Income:B", "Assets:A", "Income:B"], DAY)) == [
        "2026-11-24 open Assets:A",
        "2026-11-24 open Income:B",
        "",
    ]


def test_an_assertion_allows_for_nothing() -> None:
    (line,) = asserted({("Assets:A", "USD"): 150}, DAY)

    assert line.split() == ["2026-11-24", "balance", "Assets:A", "1.50", "~", "0", "USD"]


@settings(max_examples=25)
@given(st.text(max_size=80), st.text(max_size=80), st.integers(-(10**12), 10**12))
def test_beancount_reads_whatever_members_have_written(
    what: str, reference: str, units: int
) -> None:
    moved = transaction(
        DAY, what, reference, ("Assets:A", units, "USD"), ("Income:B", -units, "USD")
    )
    lines = [*header("USD"), *opened(["Assets:A", "Income:B"], DAY), *written(moved)]
    entries, errors, options = loader.load_string("\n".join(lines))

    assert errors == []
    assert options["title"] == "Connects"
    assert [type(entry).__name__ for entry in entries] == ["Open", "Open", "Transaction"]


@pytest.mark.parametrize(("asserts", "problems"), [(150, 0), (149, 1)])
def test_beancount_finds_a_cent_that_is_missing(
    tmp_path: Path, asserts: int, problems: int
) -> None:
    accounts = ["Assets:Cash:Stripe", "Liabilities:Undelivered"]
    lines = [
        *header("USD"),
        *opened(accounts, DAY),
        *written(bought()),
        *asserted({("Assets:Cash:Stripe", "USD"): asserts}, date(2026, 11, 25)),
    ]
    book = tmp_path / "book.beancount"
    book.write_text("\n".join(lines) + "\n")

    assert len(loader.load_file(str(book))[1]) == problems


def test_a_provider_has_accounts_of_its_own_but_earnings_are_the_members() -> None:
    assert (cash("paypal"), fees("paypal")) == ("Assets:Cash:Paypal", "Expenses:Fees:Paypal")
    assert cash("earnings") == "Liabilities:Earnings"


def test_changes_of_one_account_are_one_posting_and_nothing_is_none() -> None:
    moved = transaction(
        DAY, "x", "", ("Assets:A", 3, "USD"), ("Assets:A", -3, "USD"), ("Income:B", 0, "USD")
    )

    assert moved.postings == ()


def test_a_transaction_that_does_not_add_up_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        transaction(DAY, "x", "", ("Assets:A", 3, "USD"), ("Income:B", -3, "EUR"))
