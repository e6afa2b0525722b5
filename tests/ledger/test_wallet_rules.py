"""How Connects move, rule by rule (docs/rules.md 3)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given

from connects.ledger.entries import Booked, EntryKind
from connects.ledger.invariants import audit
from connects.ledger.lots import LotKind
from connects.ledger.replay import replay
from connects.vocabulary.moments import add_months, add_years
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.ledger.histories import START, Book, histories


@given(histories())
def test_every_history_adds_up_and_replays_to_its_wallet(book: Book) -> None:
    assert audit(book.wallet, book.entries) == ()
    assert replay(1, book.entries) == book.wallet
    assert book.wallet.balance == sum(lot.credits for lot in book.wallet.lots) >= 0
    assert book.wallet.debt >= 0


@given(histories())
def test_no_lot_outlives_its_instant(book: Book) -> None:
    book.expire()

    assert all(lot.live_at(book.now) for lot in book.wallet.lots)


@given(histories())
def test_the_cost_of_all_lots_is_used_up_exactly(book: Book) -> None:
    issued: dict[int, int] = {}
    for entry in book.entries:
        if entry.lot:
            issued[entry.number] = entry.lot.cost_cents
        for draw in entry.draws:
            issued[draw.lot] += draw.cost_cents
    left = {lot.number: lot.cost_cents for lot in book.wallet.lots}

    assert {number: cost for number, cost in issued.items() if cost} == {
        number: cost for number, cost in left.items() if cost
    }


def test_the_soonest_expiry_is_spent_first_then_granted_before_bought_then_the_oldest() -> None:
    book = Book()
    book.issue(5, LotKind.PURCHASE, days=100)
    book.issue(5, LotKind.COURTESY, days=100)
    book.issue(5, LotKind.BONUS, days=None)
    book.issue(5, LotKind.PURCHASE, days=10)

    assert book.held() == [("purchase", 5), ("courtesy", 5), ("purchase", 5), ("bonus", 5)]
    book.spend(7)
    assert book.held() == [("courtesy", 3), ("purchase", 5), ("bonus", 5)]


def test_a_lot_can_be_spent_until_the_microsecond_before_it_expires() -> None:
    book = Book()
    book.issue(10)
    book.now = START + timedelta(days=365) - timedelta(microseconds=1)
    assert isinstance(book.spend(1), Booked)

    book.now += timedelta(microseconds=1)
    assert isinstance(book.spend(1), Refused)


def test_a_spend_after_an_unswept_expiry_first_writes_the_expiry() -> None:
    book = Book()
    book.issue(10, days=10)
    book.issue(10, days=400)
    book.now += timedelta(days=20)

    book.spend(4)

    assert [entry.kind for entry in book.entries[-2:]] == [EntryKind.EXPIRE, EntryKind.SPEND]
    assert book.entries[-2].effective == START + timedelta(days=10)
    assert book.wallet.balance == 6


def test_a_year_from_the_29th_of_february_is_the_28th() -> None:
    assert add_years(datetime(2020, 2, 29, 12, tzinfo=UTC), 1) == datetime(
        2021, 2, 28, 12, tzinfo=UTC
    )


def test_a_cycle_anchored_on_the_31st_keeps_its_day() -> None:
    january = datetime(2019, 1, 31, tzinfo=UTC)
    months = [add_months(january, number, anchor_day=31).day for number in (1, 2, 3)]

    assert months == [28, 31, 30]


def test_who_has_too_few_cannot_spend_and_loses_nothing() -> None:
    book = Book()
    book.issue(3)

    answer = book.spend(4)

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.INSUFFICIENT_CONNECTS
    assert len(book.entries) == 1


def test_a_return_goes_back_to_the_lots_that_paid() -> None:
    book = Book()
    book.issue(5, days=100)
    book.issue(10, LotKind.PURCHASE, days=200, cost_cents=150)
    book.spend(8)

    book.give_back(3, 8)

    assert book.held() == [("signup", 5), ("purchase", 10)]
    assert book.wallet.lots[1].cost_cents == 150


def test_a_return_never_revives_an_expired_lot() -> None:
    book = Book()
    book.issue(5, days=10)
    book.spend(5)
    book.now += timedelta(days=20)

    book.give_back(2, 5)

    (lot,) = book.wallet.lots
    assert (lot.kind, lot.credits) == (LotKind.RETURN, 5)
    assert lot.expires == book.now + timedelta(days=30)


def test_a_return_revives_no_expired_lot_where_the_clock_was_put_back() -> None:
    book = Book()
    book.issue(5, days=40)
    book.issue(1, days=None)
    book.spend(4)
    book.now += timedelta(days=40)
    book.expire()
    expired_at = book.now
    book.now -= timedelta(days=35)

    book.give_back(3, 4)

    assert book.held() == [("return", 4), ("signup", 1)]
    assert book.wallet.lots[0].expires == expired_at + timedelta(days=30)


def test_a_return_with_just_the_grace_left_goes_back_to_its_lot() -> None:
    book = Book()
    book.issue(5, days=40)
    book.spend(5)
    book.now += timedelta(days=10)

    book.give_back(2, 5)

    assert book.held() == [("signup", 5)]


def test_a_part_comes_back_to_the_lot_that_lasts_longest() -> None:
    book = Book()
    book.issue(5, days=100)
    book.issue(5, days=300)
    book.spend(10)

    book.give_back(3, 4)
    assert [(lot.number, lot.credits) for lot in book.wallet.lots] == [(2, 4)]

    book.give_back(3, 6, already=4)
    assert [(lot.number, lot.credits) for lot in book.wallet.lots] == [(1, 5), (2, 5)]


def test_more_than_was_spent_cannot_come_back() -> None:
    book = Book()
    book.issue(10)
    book.spend(4)

    assert isinstance(book.give_back(2, 5), Refused)
    assert isinstance(book.give_back(2, 2, already=3), Refused)


def test_a_purchase_over_the_limit_is_refused_and_a_grant_is_cut() -> None:
    book = Book()
    book.issue(95, LotKind.PURCHASE)

    refused = book.issue(10, LotKind.PURCHASE, limit=100)
    assert isinstance(refused, Refused)
    assert refused.parameters["room"] == 5

    book.issue(10, LotKind.COURTESY, limit=100)
    assert (book.entries[-1].credits, book.entries[-1].withheld) == (5, 5)
    book.issue(10, LotKind.COURTESY, limit=100)
    assert (book.entries[-1].credits, book.entries[-1].withheld) == (0, 10)


def test_a_limit_may_leave_the_plans_own_connects_out() -> None:
    book = Book()
    book.issue(70, LotKind.PLAN, limit=140, counts_plan=False)
    book.issue(140, LotKind.PURCHASE, limit=140, counts_plan=False)

    assert book.wallet.balance == 210


def test_reversing_a_purchase_makes_a_debt_of_what_was_spent() -> None:
    book = Book()
    book.issue(20, LotKind.PURCHASE, cost_cents=300)
    book.issue(5, LotKind.COURTESY, days=400)
    book.spend(8)

    book.reverse(1)

    assert (book.wallet.balance, book.wallet.debt) == (5, 8)
    assert isinstance(book.spend(1), Refused)
    book.issue(10, LotKind.COURTESY)
    assert (book.wallet.balance, book.wallet.debt) == (7, 0)
    assert isinstance(book.spend(1), Booked)


def test_a_return_pays_the_debt_first() -> None:
    book = Book()
    book.issue(20, LotKind.PURCHASE)
    book.spend(8)
    book.reverse(1)

    book.give_back(2, 8)

    assert (book.wallet.balance, book.wallet.debt) == (0, 0)


def test_trimming_takes_the_plans_first_and_bought_ones_only_where_the_rules_say_so() -> None:
    book = Book()
    book.issue(10, LotKind.PURCHASE)
    book.issue(10, LotKind.BONUS)
    book.issue(10, LotKind.PLAN)

    book.trim(15, bought_too=False)
    assert sorted(book.held()) == [("bonus", 5), ("purchase", 10)]
    book.trim(5, bought_too=False)
    assert book.held() == [("purchase", 10)]
    book.trim(5, bought_too=True)
    assert book.held() == [("purchase", 5)]
