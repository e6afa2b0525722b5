"""Money that goes back takes its Connects along, by its share; and they return where it did not."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.journal.port import Posted
from connects.journal.post import Journal
from connects.ledger.commands import Issue, Return, Spend
from connects.ledger.lots import LotKind
from connects.movements.put_back import MoneyStayed, put_back
from connects.movements.take_back import MoneyBack, connects_for_refund, connects_taken, take_back
from connects.vocabulary.refusals import Refused
from tests.journal.memory_store import MemoryStore

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
GRACE = timedelta(days=30)


class Member:
    """Somebody who bought `bought` Connects for `price`, which became lot 1."""

    def __init__(self, bought: int = 40, price: int = 600) -> None:
        self.journal = Journal(MemoryStore())
        self.journal.store.open_wallets([1])
        self.price, self.refunded, self.keys = price, 0, 0
        self.issue(bought, price)

    def frame(self, at: datetime = NOW) -> dict[str, object]:
        self.keys += 1
        name = f"k{self.keys}"
        return {"wallet": 1, "key": name, "reference": name, "rule_book": "b/1", "effective": at}

    def issue(self, credits: int, cost: int = 0, kind: LotKind = LotKind.PURCHASE) -> None:
        expires = NOW + timedelta(days=365)
        command = Issue(
            **self.frame(),  # type: ignore[arg-type]
            kind=kind,
            credits=credits,
            cost_cents=cost,
            expires=expires,
        )
        self.journal.post_one(command, NOW)

    def spend(self, credits: int, at: datetime = NOW) -> int:
        posted = self.journal.post_one(Spend(**self.frame(at), credits=credits), at)  # type: ignore[arg-type]
        assert isinstance(posted, Posted)
        return posted.wallet.last_entry

    def returns(self, spend: int, credits: int, at: datetime = NOW) -> None:
        command = Return(**self.frame(at), spend=spend, credits=credits, grace=GRACE)  # type: ignore[arg-type]
        assert isinstance(self.journal.post_one(command, at), Posted)

    def refund(self, cents: int, at: datetime = NOW) -> Posted | Refused:
        self.refunded += cents
        self.keys += 1
        back = MoneyBack(
            wallet=1,
            lot=1,
            key=f"refund:{self.keys}",
            reference="purchase:p",
            rule_book="b/1",
            refunded_cents=self.refunded,
            price_cents=self.price,
        )
        return take_back(self.journal, back, at)

    def refund_fails(self, refund: Posted | Refused, at: datetime = NOW) -> Posted | Refused:
        assert isinstance(refund, Posted)
        assert refund.record is not None
        stayed = MoneyStayed(
            wallet=1,
            lot=1,
            reversal=refund.record.entry.number,
            key=f"stayed:{self.keys}",
            reference="purchase:p",
            rule_book="b/1",
            grace_days=30,
        )
        self.keys += 1
        return put_back(self.journal, stayed, at)

    @property
    def holds(self) -> tuple[int, int]:
        wallet = self.journal.wallet(1)
        return wallet.balance, wallet.debt


def taken(outcome: Posted | Refused) -> int:
    assert isinstance(outcome, Posted)
    return connects_taken(outcome)


@pytest.mark.parametrize(
    ("credits", "refunded", "price", "expected"),
    [(40, 300, 600, 20), (10, 1, 150, 0), (10, 149, 150, 9), (10, 150, 150, None)],
)
def test_a_part_of_the_price_is_worth_that_part_of_the_connects_rounded_down(
    credits: int, refunded: int, price: int, expected: int | None
) -> None:
    assert connects_for_refund(credits, refunded, price) == expected


def test_a_partial_refund_takes_what_is_left_first_and_the_rest_is_debt() -> None:
    ana = Member()
    ana.spend(30)

    assert taken(ana.refund(300)) == 20
    assert ana.holds == (0, 10)


def test_partial_refunds_together_take_what_one_for_their_sum_would() -> None:
    ana = Member(bought=10, price=150)

    assert [taken(ana.refund(cents)) for cents in (50, 50, 49)] == [3, 3, 3]
    assert taken(ana.refund(1)) == 1
    assert ana.holds == (0, 0)


def test_the_last_refund_takes_all_that_is_left_and_no_other_follows() -> None:
    ana = Member()
    ana.refund(600)

    refused = ana.refund(0)

    assert isinstance(refused, Refused)
    assert refused.parameters["problem"] == "lot_reversed"


@pytest.mark.parametrize("cents", [0, -1, 601])
def test_a_refund_over_the_rest_or_of_nothing_moves_nothing(cents: int) -> None:
    ana = Member()

    refused = ana.refund(cents)

    assert isinstance(refused, Refused)
    assert refused.parameters["problem"] == "refund_out_of_range"
    assert ana.holds == (40, 0)


def test_a_refund_that_fails_later_puts_lot_and_debt_back_as_they_were() -> None:
    ana = Member()
    ana.spend(30)
    before = ana.journal.wallet(1).lots

    refund = ana.refund(300)
    ana.refund_fails(refund)

    assert ana.journal.wallet(1).lots == before
    assert ana.holds == (10, 0)


def test_a_refund_fails_once() -> None:
    ana = Member()
    refund = ana.refund(300)
    ana.refund_fails(refund)

    again = ana.refund_fails(refund)

    assert isinstance(again, Refused)
    assert again.parameters["problem"] == "reversal_undone"
    assert ana.holds == (40, 0)


def test_after_a_refund_that_failed_the_whole_can_still_be_refunded() -> None:
    ana = Member()
    ana.refund_fails(ana.refund(600))
    ana.refunded = 0

    assert taken(ana.refund(600)) == 40
    assert ana.holds == (0, 0)


def test_a_debt_that_was_paid_meanwhile_comes_back_as_connects_when_the_refund_fails() -> None:
    ana = Member(bought=10, price=150)
    ana.spend(4)
    refund = ana.refund(150)
    ana.issue(10, kind=LotKind.COURTESY)
    assert ana.holds == (6, 0)

    ana.refund_fails(refund)

    assert ana.holds == (16, 0)


def test_what_came_back_late_is_taken_and_nobody_owes_what_they_hold() -> None:
    ana = Member(bought=10, price=150)
    spend = ana.spend(4, NOW + timedelta(days=350))
    ana.returns(spend, 4, NOW + timedelta(days=366))
    assert ana.holds == (4, 0)

    assert taken(ana.refund(150, NOW + timedelta(days=367))) == 4
    assert ana.holds == (0, 0)


def test_what_came_back_late_and_was_spent_again_is_debt() -> None:
    ana = Member(bought=10, price=150)
    spend = ana.spend(4, NOW + timedelta(days=350))
    ana.returns(spend, 4, NOW + timedelta(days=366))
    ana.spend(3, NOW + timedelta(days=367))

    ana.refund(150, NOW + timedelta(days=368))

    assert ana.holds == (0, 3)


def test_of_a_late_lot_only_what_is_of_the_refunded_purchase_is_taken() -> None:
    ana = Member(bought=4, price=60)
    ana.issue(4, kind=LotKind.COURTESY)
    spend = ana.spend(8, NOW + timedelta(days=350))
    ana.returns(spend, 8, NOW + timedelta(days=366))

    ana.refund(60, NOW + timedelta(days=367))

    assert ana.holds == (4, 0)
