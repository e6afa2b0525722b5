"""The auditor sees in old lines what the journal refuses today."""

from datetime import timedelta

from connects.ledger.booking.line import write_line
from connects.ledger.booking.put_back import put_back
from connects.ledger.commands import Return, Reverse, Spend
from connects.ledger.decide import Past, decide
from connects.ledger.entries import Booked, Draw, Entry, EntryKind
from connects.ledger.invariants import audit
from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet
from tests.ledger.histories import Book


def breaches(book: Book) -> str:
    return "; ".join(audit(book.wallet, book.entries))


def plant(book: Book, planted: Booked) -> None:
    """Write lines that today's ledger would refuse."""
    book.wallet = planted.wallet
    book.entries.extend(planted.entries)


def forgetful(book: Book, command: Return | Reverse, *known: int) -> None:
    """Post as a journal that looks back at those lines only."""
    past = Past({entry.number: entry for entry in book.entries if entry.number in known})
    answer = decide(book.wallet, command, past)
    assert isinstance(answer, Booked)
    plant(book, answer)


def bought_and_spent(days: int = 365) -> Book:
    book = Book()
    book.issue(10, LotKind.PURCHASE, days=days, cost_cents=150)
    book.spend(4)
    return book


def the_return(book: Book, **changed: object) -> Return:
    grace = timedelta(days=30)
    return Return(**(book.frame() | {"spend": 2, "credits": 4, "grace": grace} | changed))  # type: ignore[arg-type]


def test_whole_histories_have_no_breach() -> None:
    book = bought_and_spent()
    book.give_back(2, 3)
    book.give_back(2, 1, already=3)
    book.reverse(1)

    assert breaches(book) == ""


def test_it_sees_that_more_came_back_than_was_spent() -> None:
    book = bought_and_spent()
    book.give_back(2, 4)
    forgetful(book, the_return(book), 1, 2)

    assert "8 of the 4 credits of entry 2 came back" in breaches(book)


def test_it_sees_it_where_it_came_back_late_among_other_spends() -> None:
    book = bought_and_spent(days=40)
    book.spend(6)
    book.now += timedelta(days=20)
    book.give_back(2, 4)
    forgetful(book, the_return(book), 1, 2)

    assert "8 of the 4 credits of entry 2 came back" in breaches(book)


def test_it_sees_it_where_the_return_names_no_spend_at_all() -> None:
    book = bought_and_spent()
    book.give_back(2, 4)
    command = the_return(book, spend=77)
    origins = {1: book.entries[0].lot}
    plant(book, put_back(book.wallet, command, [Draw(1, 4, 60)], origins, 0))  # type: ignore[arg-type]

    assert "more came back than was ever spent" in breaches(book)
    assert "more came back to lot 1 than was spent of it" in breaches(book)


def test_it_sees_a_lot_that_was_reversed_twice() -> None:
    book = bought_and_spent()
    book.reverse(1)
    command = Reverse(**book.frame(), lot=1)  # type: ignore[arg-type]
    plant(book, write_line(book.wallet, command, EntryKind.REVERSE, (), debt_change=4))

    assert "reverses lot 1, which entry 3 had reversed" in breaches(book)


def test_a_lot_whose_reversal_was_undone_may_be_reversed_again() -> None:
    book = bought_and_spent()
    book.reverse(1)
    book.reinstate(3, 1)
    book.reverse(1)

    assert breaches(book) == ""


def planted_spend(credits: int) -> Book:
    book = bought_and_spent()
    command = Spend(**book.frame(), credits=credits)  # type: ignore[arg-type]
    draws = (Draw(1, -credits, 0),)
    plant(book, write_line(book.wallet, command, EntryKind.SPEND, draws))
    return book


def test_it_sees_spends_of_nothing_and_of_less() -> None:
    assert "spends nothing" in breaches(planted_spend(0))
    assert "spends nothing" in breaches(planted_spend(-5))


def test_it_sees_amounts_that_do_not_fit_everywhere() -> None:
    book = Book()
    lot = Lot(1, LotKind.SIGNUP, 3_000_000_000, 0, book.now, None)
    command = Spend(**book.frame(), credits=1)  # type: ignore[arg-type]
    plant(book, write_line(book.wallet, command, EntryKind.SIGNUP, (), lot=lot))

    assert "more than fits" in breaches(book)


def test_it_sees_issues_returns_and_corrections_of_nothing() -> None:
    for kind, said in (
        (EntryKind.COURTESY, "issues nothing"),
        (EntryKind.RETURN, "brings nothing back"),
        (EntryKind.VOID, "takes nothing back"),
        (EntryKind.WRITE_OFF, "writes nothing off"),
    ):
        book = bought_and_spent()
        command = Spend(**book.frame(), credits=1)  # type: ignore[arg-type]
        plant(book, write_line(book.wallet, command, kind, ()))
        assert said in breaches(book)


def test_an_empty_wallet_has_no_breach() -> None:
    entries: list[Entry] = []
    assert audit(Wallet(1), entries) == ()
