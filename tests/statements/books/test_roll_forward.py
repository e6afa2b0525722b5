"""The month close: from what was owed on the first day to what is owed on the last, cause by cause."""

import json
from datetime import date

import pytest
from hypothesis import given

from connects.ledger.entries import EntryKind
from connects.ledger.lots import LotKind
from connects.statements.books.journal_lines import of_entry
from connects.statements.books.roll_forward import (
    Close,
    Months,
    RollForward,
    from_figures,
    month_after,
)
from connects.statements.books.words import CAUSES, close_lines
from connects.vocabulary.amounts import DECIMALS
from tests.ledger.histories import START, Book, histories

MAY, JUNE = date(2019, 5, 1), date(2019, 6, 1)
LESS = "\N{MINUS SIGN}$0.60"


def months_of(book: Book, currency: str = "USD") -> Months:
    months = Months()
    for entry in book.entries:
        months.add(of_entry(entry, currency))
    return months


def one_month() -> Months:
    """May: 10 bought for $1.50, 4 used, 20 given to a newcomer; June: the rest expires."""
    book = Book()
    book.issue(10, LotKind.PURCHASE, days=20, cost_cents=150)
    book.issue(20, LotKind.SIGNUP, days=None)
    book.spend(4)
    book.now = START.replace(month=6, day=15)
    book.expire()
    return months_of(book)


def test_a_month_is_told_from_its_beginning_to_its_end_by_causes() -> None:
    may = one_month().close(MAY, "USD")

    assert may.deferred == RollForward(0, {"purchase": 150, "spend": -60}, 90)
    assert may.connects == RollForward(0, {"purchase": 10, "signup": 20, "spend": -4}, 26)
    assert may.promotions == 20
    assert may.breakage == 0


def test_the_next_month_begins_where_the_last_one_ended() -> None:
    may, june = one_month().close(MAY, "USD"), one_month().close(JUNE, "USD")

    assert (june.deferred.opening, june.connects.opening) == (
        may.deferred.closing,
        may.connects.closing,
    )
    assert june.deferred.changes == {"expire": -90}
    assert june.breakage == 90
    assert june.deferred.closing == 0


def test_a_month_in_which_nothing_moved_closes_as_it_began() -> None:
    july = one_month().close(date(2019, 7, 1), "USD")

    assert july.connects == RollForward(20, {}, 20)
    assert july.income == {}
    assert july.promotions == 0


def test_income_is_positive_and_by_account() -> None:
    assert one_month().close(MAY, "USD").income == {"Income:Connects:Used": 60}
    assert one_month().close(JUNE, "USD").income == {"Income:Breakage:Expired": 90}


def test_another_currency_has_books_of_its_own() -> None:
    in_euros = one_month().close(MAY, "EUR")

    assert in_euros.deferred == RollForward(0, {}, 0)
    assert in_euros.connects.closing == 26, "Connects are counted once, in no currency"


def test_a_close_that_was_kept_reads_the_same() -> None:
    may = one_month().close(MAY, "USD")

    assert from_figures(json.loads(json.dumps(may.figures()))) == may
    assert may.name == "2019-05"


@pytest.mark.parametrize(
    ("month", "after"),
    [(date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 12, 1), date(2027, 1, 1))],
)
def test_december_is_followed_by_january(month: date, after: date) -> None:
    assert month_after(month) == after


@given(histories())
def test_every_month_of_every_history_adds_up(book: Book) -> None:
    months = months_of(book)
    month, last = MAY, book.now.date()
    opening = 0
    while month <= last:
        closed = months.close(month, "USD")
        for rolled in (closed.deferred, closed.connects):
            assert rolled.opening + sum(rolled.changes.values()) == rolled.closing
        assert closed.connects.opening == opening
        opening = closed.connects.closing
        month = month_after(month)
    assert opening == book.wallet.balance


def close(currency: str = "USD") -> Close:
    return Close(
        month=MAY,
        currency=currency,
        deferred=RollForward(1_000_00, {"purchase": 150, "spend": -60, "unheard-of": 5}, 1_000_95),
        connects=RollForward(12_000, {"signup": 40}, 12_040),
        breakage=7,
        income={"Income:Connects:Used": 60, "Income:Breakage:Expired": 7},
        expenses={"Expenses:Fees:Stripe": 3},
        promotions=40,
    )


def test_the_report_names_every_figure() -> None:
    text = "\n".join(close_lines(close()))

    for fact in (
        "May 2019",
        "$1,000.00",
        "$1.50",
        "\N{MINUS SIGN}$0.60",
        "$1,000.95",
        "12,000",
        "12,040",
    ):
        assert fact in text
    for fact in ("Connects:Used", "Breakage:Expired", "Expenses:Fees:Stripe", "unheard-of"):
        assert fact in text


def test_causes_are_told_from_what_brought_most_to_what_took_most() -> None:
    lines = [line.strip() for line in close_lines(close())]
    places = [
        next(n for n, line in enumerate(lines) if word in line)
        for word in ("$1.50", "\N{MINUS SIGN}$0.60")
    ]

    assert places == sorted(places)


@pytest.mark.parametrize("currency", DECIMALS)
def test_the_report_is_in_the_months_own_currency(currency: str) -> None:
    lines = list(close_lines(close(currency)))

    assert currency in lines[0]
    assert currency == "USD" or not any("$" in line for line in lines)
    assert len({len(line) for line in lines if line.startswith("  ")}) == 1, "columns stand in line"


def test_every_kind_of_line_that_moves_connects_has_words() -> None:
    assert set(CAUSES) == {kind.value for kind in EntryKind} | {"import"}


def test_a_cause_is_the_kind_of_the_line() -> None:
    book = Book()
    book.issue(5)
    book.spend(1)
    book.spend(2)

    assert months_of(book).close(MAY, "USD").connects.changes == {"signup": 5, "spend": -3}
