"""Each kind of journal line as bookkeeping: what it earns, what it leaves owing, and that it adds up."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given

from connects.ledger.commands import Issue
from connects.ledger.entries import Booked, EntryKind
from connects.ledger.lots import LotKind
from connects.statements.books.chart import CONNECT, DEBT, DEFERRED, HELD, WALLETS, Transaction
from connects.statements.books.journal_lines import of_entry
from tests.ledger.histories import Book, histories

USD = "USD"


def last(book: Book) -> dict[tuple[str, str], int]:
    """What the book's last line changes, by account and commodity."""
    return changes(of_entry(book.entries[-1], USD))


def changes(moved: Transaction) -> dict[tuple[str, str], int]:
    return {(posting.account, posting.commodity): posting.units for posting in moved.postings}


def bought(credits: int = 10, cents: int = 150, days: int | None = 365) -> Book:
    book = Book()
    book.issue(credits, LotKind.PURCHASE, days=days, cost_cents=cents)
    return book


def test_bought_connects_are_owed_until_they_are_used() -> None:
    book = bought()

    assert last(book) == {
        ("Liabilities:Undelivered", USD): 150,
        (DEFERRED, USD): -150,
        (WALLETS, CONNECT): -10,
        ("Equity:Connects:Sold", CONNECT): 10,
    }


def test_a_proposal_earns_what_its_connects_have_cost() -> None:
    book = bought()
    book.spend(4)

    assert last(book) == {
        (DEFERRED, USD): 60,
        ("Income:Connects:Used", USD): -60,
        (WALLETS, CONNECT): 4,
        ("Equity:Connects:Used", CONNECT): -4,
    }


def test_a_return_takes_the_income_back() -> None:
    book = bought()
    book.spend(4)
    book.give_back(book.entries[-1].number, 2)

    assert last(book) == {
        (DEFERRED, USD): -30,
        ("Income:Connects:Returned", USD): 30,
        (WALLETS, CONNECT): -2,
        ("Equity:Connects:Used", CONNECT): 2,
    }


def test_what_is_held_is_owed_and_is_no_income() -> None:
    book = bought()
    book.hold(4)

    assert last(book) == {
        (DEFERRED, USD): 60,
        (HELD, USD): -60,
        (WALLETS, CONNECT): 4,
        (HELD, CONNECT): -4,
    }


def test_what_is_released_is_free_again() -> None:
    book = bought()
    book.hold(4)
    book.release(2, 4)

    assert last(book) == {
        (DEFERRED, USD): -60,
        (HELD, USD): 60,
        (WALLETS, CONNECT): -4,
        (HELD, CONNECT): 4,
    }


def test_a_release_that_pays_a_debt_earns_what_was_held() -> None:
    book = bought()
    book.hold(4)
    book.reverse(1)
    book.release(2, 4)

    assert last(book) == {
        (HELD, USD): 60,
        ("Income:Connects:DebtPaid", USD): -60,
        (DEBT, CONNECT): -4,
        (HELD, CONNECT): 4,
    }


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        (LotKind.SIGNUP, "Expenses:Promotions:Signup"),
        (LotKind.BONUS, "Expenses:Promotions:Bonus"),
        (LotKind.COURTESY, "Expenses:Promotions:Courtesy"),
    ],
)
def test_what_is_given_costs_no_money_and_counts_as_a_promotion(kind: LotKind, source: str) -> None:
    book = Book()
    book.issue(20, kind)

    assert last(book) == {(WALLETS, CONNECT): -20, (source, CONNECT): 20}


def test_a_memberships_connects_are_owed_at_their_share_of_the_price() -> None:
    book = Book()
    book.issue(70, LotKind.PLAN, cost_cents=14_99)

    assert last(book)[DEFERRED, USD] == -14_99
    assert last(book)["Equity:Connects:Memberships", CONNECT] == 70


def test_what_expires_is_breakage() -> None:
    book = bought(days=10)
    book.now += timedelta(days=10)
    book.expire()

    assert last(book)["Income:Breakage:Expired", USD] == -150
    assert last(book)["Equity:Connects:Expired", CONNECT] == -10


def test_what_does_not_roll_over_is_breakage_of_another_name() -> None:
    book = bought()
    book.trim(4, bought_too=True)

    assert last(book)["Income:Breakage:NotRolledOver", USD] == -90
    assert last(book)["Equity:Connects:NotRolledOver", CONNECT] == -6


def test_what_staff_take_back_is_breakage_of_a_third_name() -> None:
    book = bought()
    book.void(book.entries[0].number, 3)

    assert last(book)["Income:Breakage:Voided", USD] == -45


def test_money_that_goes_back_leaves_nothing_owed_and_what_was_used_becomes_debt() -> None:
    book = bought()
    book.spend(4)
    book.reverse(book.entries[0].number)

    assert last(book) == {
        (DEFERRED, USD): 90,
        ("Income:Refunds", USD): -90,
        (WALLETS, CONNECT): 6,
        (DEBT, CONNECT): 4,
        ("Equity:Connects:Reversed", CONNECT): -10,
    }


def test_a_reversal_undone_is_as_if_it_had_not_been() -> None:
    book = bought()
    book.spend(4)
    book.reverse(1)
    taken = last(book)
    book.reinstate(book.entries[-1].number, 1)

    assert last(book) == {place: -units for place, units in taken.items()}


def test_debt_is_paid_by_what_comes_in_and_earns_its_price_at_last() -> None:
    book = bought()
    book.spend(10)
    book.reverse(1)
    book.issue(10, LotKind.PURCHASE, cost_cents=200)

    assert last(book)["Income:Connects:DebtPaid", USD] == -200
    assert (DEFERRED, USD) not in last(book)
    assert last(book)[DEBT, CONNECT] == -10
    assert (WALLETS, CONNECT) not in last(book)


def test_forgiven_debt_is_a_promotion() -> None:
    book = bought()
    book.spend(10)
    book.reverse(1)
    book.write_off(3)

    assert last(book) == {
        (DEBT, CONNECT): -3,
        ("Expenses:Promotions:DebtWrittenOff", CONNECT): 3,
    }


def test_what_was_bought_before_the_books_began_is_their_opening() -> None:
    book = Book()
    frame = {**book.frame(), "reference": "import:42"}
    answer = book.do(
        Issue(
            **frame,  # type: ignore[arg-type]
            kind=LotKind.PURCHASE,
            credits=10,
            cost_cents=150,
            expires=None,
        )
    )

    assert isinstance(answer, Booked)
    assert last(book)["Equity:Opening", USD] == 150


def test_a_line_is_told_by_its_kind_wallet_and_number_on_its_own_day() -> None:
    book = bought()
    book.spend(1)
    moved = of_entry(book.entries[-1], "EUR")

    assert moved.what == "spend of wallet 1, line 2"
    assert (moved.on, moved.reference) == (book.now.date(), "test:1")
    assert {posting.commodity for posting in moved.postings} == {"EUR", CONNECT}


@given(histories())
def test_whatever_happens_the_books_come_to_what_the_wallet_holds(book: Book) -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for entry in book.entries:
        sums.update(changes(of_entry(entry, USD)))

    assert -sums[WALLETS, CONNECT] == book.wallet.balance
    assert sums[DEBT, CONNECT] == book.wallet.debt
    assert -sums[HELD, CONNECT] == book.wallet.held
    assert sums[HELD, USD] <= 0
    if not book.wallet.held:
        assert sums[HELD, USD] == 0
    assert -sums[DEFERRED, USD] == sum(lot.cost_cents for lot in book.wallet.lots)


@given(histories())
def test_every_line_adds_up_in_money_and_in_connects(book: Book) -> None:
    for entry in book.entries:
        moved = of_entry(entry, USD)
        for commodity in (USD, CONNECT):
            assert sum(p.units for p in moved.postings if p.commodity == commodity) == 0


def test_every_kind_of_line_has_a_place_in_the_books() -> None:
    book = bought()
    book.spend(1)
    spend = book.entries[-1]

    for kind in EntryKind:
        moved = of_entry(spend._replace(kind=kind), USD)
        assert moved.what.startswith(kind.value)
