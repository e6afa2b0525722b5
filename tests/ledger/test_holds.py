"""What is held: neither spent nor free, given back whole, and never kept alive by being held."""

from datetime import timedelta

from hypothesis import given

from connects.ledger.booking.line import write_line
from connects.ledger.commands import Return, Spend
from connects.ledger.entries import Booked, Entry, EntryKind
from connects.ledger.invariants import audit
from connects.ledger.lots import LotKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.ledger.histories import Book, histories

WEEK = timedelta(days=7)


def bought(credits: int = 10, days: int = 30) -> Book:
    book = Book()
    book.issue(credits, LotKind.PURCHASE, days=days, cost_cents=15 * credits)
    return book


def kinds(answer: object) -> list[str]:
    assert isinstance(answer, Booked), answer
    return [entry.kind.value for entry in answer.entries]


def last_charge(book: Book) -> Entry:
    return next(each for each in reversed(book.entries) if each.kind is EntryKind.SPEND)


def test_what_is_held_cannot_be_spent_and_comes_back_whole() -> None:
    book = bought()
    book.hold(8)

    assert (book.wallet.balance, book.wallet.held) == (2, 8)
    refused = book.spend(3)
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.INSUFFICIENT_CONNECTS

    book.release(2, 8)

    assert (book.wallet.balance, book.wallet.held) == (10, 0)
    assert [(lot.number, lot.credits, lot.cost_cents) for lot in book.wallet.lots] == [(1, 10, 150)]


def test_a_capture_is_a_release_and_a_charge_of_the_very_same_connects() -> None:
    book = bought()
    book.issue(5, LotKind.SIGNUP, days=10)
    book.hold(7)
    held = book.entries[-1]

    assert kinds(book.capture(held.number)) == ["release", "spend"]
    assert (book.wallet.balance, book.wallet.held) == (8, 0)
    assert last_charge(book).draws == held.draws


def test_a_capture_pays_with_what_was_held_though_its_lot_has_ended() -> None:
    book = bought(days=10)
    book.hold(10)
    book.issue(3, LotKind.COURTESY, days=60)
    book.now += timedelta(days=10)

    assert kinds(book.capture(2)) == ["release", "spend"]
    assert (book.wallet.balance, book.wallet.held) == (3, 0)
    assert audit(book.wallet, book.entries) == ()


def test_so_it_does_with_a_lot_of_what_came_back_that_has_ended() -> None:
    book = bought(days=10)
    book.spend(10)
    book.now += timedelta(days=9)
    book.give_back(2, 10)
    assert book.held() == [("return", 10)]
    book.hold(10)
    book.now += timedelta(days=31)

    assert kinds(book.capture(book.entries[-1].number)) == ["release", "spend"]
    assert (book.wallet.balance, book.wallet.held) == (0, 0)


def test_a_release_after_the_lots_end_loses_what_has_expired() -> None:
    book = bought(days=10)
    book.hold(10)
    book.now += timedelta(days=10)

    assert kinds(book.release(2, 10)) == ["release", "expire"]
    assert (book.wallet.balance, book.wallet.held) == (0, 0)


def test_holding_and_releasing_for_ever_never_keeps_connects_alive() -> None:
    book = bought(days=30)
    end = book.wallet.lots[0].expires
    assert end is not None
    for _ in range(100):
        book.hold(10)
        book.now += timedelta(days=1)
        book.release(book.entries[-1].number, 10, grace=WEEK)
        assert all(
            lot.expires is not None and lot.expires <= end + WEEK for lot in book.wallet.lots
        )
    assert book.wallet.balance == 0


def test_a_hold_is_released_or_captured_once() -> None:
    book = bought()
    book.hold(6)
    book.release(2, 2)

    assert kinds(book.capture(2)) == ["release", "spend"]
    assert (book.wallet.balance, last_charge(book).credits) == (6, -4)
    for answer in (book.capture(2), book.release(2, 1)):
        assert isinstance(answer, Refused)
        assert answer.code is RefusalCode.INVALID


def test_a_charge_is_not_released_and_a_hold_does_not_come_back_as_a_return() -> None:
    book = bought()
    book.spend(2)
    book.hold(2)

    for answer in (book.release(2, 2), book.give_back(3, 2), book.capture(2), book.capture(9)):
        assert isinstance(answer, Refused)
    assert (book.wallet.balance, book.wallet.held) == (6, 2)


def test_what_is_held_of_a_reversed_purchase_is_owed_until_its_release_pays_it() -> None:
    book = bought()
    book.hold(6)
    book.reverse(1)
    assert (book.wallet.balance, book.wallet.debt, book.wallet.held) == (0, 6, 6)

    book.release(2, 6)

    assert (book.wallet.balance, book.wallet.debt, book.wallet.held) == (0, 0, 0)


def test_a_capture_is_not_stopped_by_a_debt_that_arose_meanwhile() -> None:
    book = bought()
    book.hold(6)
    book.reverse(1)

    assert kinds(book.capture(2)) == ["release", "spend"]
    assert (book.wallet.balance, book.wallet.debt, book.wallet.held) == (0, 6, 0)


def test_who_owes_something_can_hold_nothing() -> None:
    book = bought()
    book.spend(4)
    book.reverse(1)
    book.issue(3, LotKind.COURTESY)

    assert isinstance(book.hold(1), Refused)


def test_a_rollover_does_not_reach_what_is_held_and_a_release_is_never_cut() -> None:
    book = bought(20)
    book.hold(12)
    book.trim(5, bought_too=True)
    book.issue(5, LotKind.COURTESY, limit=10)

    book.release(2, 12)

    assert (book.wallet.balance, book.wallet.held) == (22, 0)


def test_what_was_captured_comes_back_as_any_charge() -> None:
    book = bought()
    book.hold(6)
    book.capture(2)

    book.give_back(last_charge(book).number, 6)

    assert (book.wallet.balance, book.wallet.held) == (10, 0)


@given(histories())
def test_what_is_held_is_what_was_set_aside_less_what_is_no_longer(book: Book) -> None:
    set_aside = -sum(each.credits for each in book.entries if each.kind is EntryKind.HOLD)
    released = sum(
        each.credits - each.debt_change for each in book.entries if each.kind is EntryKind.RELEASE
    )

    assert book.wallet.held == set_aside - released >= 0


def test_the_auditor_sees_a_release_of_more_than_is_held() -> None:
    book = bought()
    book.hold(4)
    book.release(2, 4)
    again = Return(**book.frame(), spend=2, credits=4, grace=None, kind=EntryKind.RELEASE)  # type: ignore[arg-type]
    lot = book.entries[0].lot
    assert lot is not None
    origins = {1: lot}
    planted = write_line(
        book.wallet,
        again,
        EntryKind.RELEASE,
        tuple(draw._replace(credits=4, cost_cents=0) for draw in book.entries[1].draws),
        origins=origins,
    )
    book.wallet, book.entries = planted.wallet, [*book.entries, *planted.entries]

    found = "; ".join(audit(book.wallet, book.entries))
    assert "releases more than is held" in found
    assert "8 of the 4 credits of entry 2 came back" in found


def test_the_auditor_sees_a_hold_of_nothing() -> None:
    book = bought()
    command = Spend(**book.frame(), credits=1, kind=EntryKind.HOLD)  # type: ignore[arg-type]
    planted = write_line(book.wallet, command, EntryKind.HOLD, ())
    book.wallet, book.entries = planted.wallet, [*book.entries, *planted.entries]

    assert "spends nothing" in "; ".join(audit(book.wallet, book.entries))
