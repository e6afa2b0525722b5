"""What a wallet held when its rules changed stays under the limits of its own time."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from connects.ledger.booking.trim import forfeited
from connects.ledger.commands import Carried
from connects.ledger.lots import LotKind
from tests.ledger.histories import Book, histories


def taken(book: Book, keep: int, *, bought_too: bool, carried: Carried | None) -> int:
    draws = forfeited(book.wallet, keep, bought_too=bought_too, carried=carried)
    return -sum(draw.credits for draw in draws)


@given(histories(), st.integers(0, 200), st.integers(0, 200), st.booleans(), st.booleans())
def test_a_move_never_makes_a_rollover_take_more_than_both_rule_books_would(
    book: Book, keep_before: int, keep_after: int, bought_before: bool, bought_after: bool
) -> None:
    carried = Carried(moved=book.now, keep=keep_before, bought_too=bought_before)

    lost = taken(book, keep_after, bought_too=bought_after, carried=carried)

    assert lost <= taken(book, keep_after, bought_too=bought_after, carried=None)
    assert lost <= max(book.wallet.balance - keep_before, 0)


@given(histories(), st.integers(0, 100))
def test_what_came_after_the_move_is_trimmed_as_ever(book: Book, keep: int) -> None:
    carried = Carried(moved=book.now - timedelta(days=5_000), keep=None, bought_too=False)

    assert taken(book, keep, bought_too=True, carried=carried) == taken(
        book, keep, bought_too=True, carried=None
    )


def test_bought_connects_of_rules_that_never_trim_them_are_never_trimmed() -> None:
    book = Book()
    book.issue(50, LotKind.PURCHASE)
    carried = Carried(moved=book.now, keep=10, bought_too=False)

    assert taken(book, 0, bought_too=True, carried=carried) == 0
