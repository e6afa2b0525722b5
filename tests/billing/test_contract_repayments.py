"""What every payment provider says of money that went back, whoever caused it."""

import pytest

from connects.billing.port import EventKind, Refunded, Repaid, RepaymentKind, Unreachable
from connects.vocabulary.amounts import Money
from tests.billing.tills import TestTill, TillElsewhere, a_payment, read


def repaid(till: TillElsewhere, payment: str) -> list[tuple[str, int, bool]]:
    said = till.gateway.repayments(payment)
    assert not isinstance(said, Unreachable), said
    return [(each.kind.value, each.amount.cents, each.stands) for each in said]


def refunded(till: TillElsewhere, payment: str, cents: int, key: str = "r1") -> str:
    answer = till.gateway.refund(key, payment, Money(cents, "USD"), "")
    assert isinstance(answer, Refunded), answer
    return answer.reference


def test_nothing_went_back_of_a_payment(elsewhere: TillElsewhere) -> None:
    assert repaid(elsewhere, a_payment(elsewhere)) == []


def test_refunds_in_parts_are_all_said_and_named(elsewhere: TillElsewhere) -> None:
    payment, other = a_payment(elsewhere), a_payment(elsewhere, "p2.1")
    first = refunded(elsewhere, payment, 100, "r1")
    second = refunded(elsewhere, payment, 50, "r2")
    refunded(elsewhere, other, 300, "r3")

    said = elsewhere.gateway.repayments(payment)

    assert isinstance(said, tuple)
    assert {each.id for each in said} == {first, second}
    assert sorted(each.amount.cents for each in said) == [50, 100]


def test_a_refund_that_fails_later_came_back_and_is_told(elsewhere: TillElsewhere) -> None:
    payment = a_payment(elsewhere)
    name = refunded(elsewhere, payment, 300)
    read(elsewhere)
    elsewhere.stand_in.tell("fail-refund", refund=name)

    told = [event for event in read(elsewhere) if event.kind is EventKind.REFUND]

    assert {event.payment for event in told} == {payment}
    assert repaid(elsewhere, payment) == [("refund", 300, False)]
    assert refunded(elsewhere, payment, 300, "again") != name


@pytest.mark.parametrize(("won", "stands"), [(True, False), (False, True)])
def test_a_dispute_stands_until_it_is_won(
    elsewhere: TillElsewhere, won: bool, stands: bool
) -> None:
    payment = a_payment(elsewhere)
    dispute = elsewhere.stand_in.tell("dispute", payment=payment)
    assert repaid(elsewhere, payment) == [("dispute", 300, True)]

    elsewhere.stand_in.tell("close-dispute", dispute=dispute["id"], won=won)

    assert repaid(elsewhere, payment) == [("dispute", 300, stands)]


def test_a_dispute_may_be_for_a_part_and_after_a_refund(elsewhere: TillElsewhere) -> None:
    payment = a_payment(elsewhere)
    refunded(elsewhere, payment, 300)
    elsewhere.stand_in.tell("dispute", payment=payment, amount=120)

    said = elsewhere.gateway.repayments(payment)

    assert isinstance(said, tuple)
    assert {(each.kind, each.amount) for each in said} == {
        (RepaymentKind.REFUND, Money(300, "USD")),
        (RepaymentKind.DISPUTE, Money(120, "USD")),
    }


def test_a_provider_that_does_not_answer_says_nothing(elsewhere: TillElsewhere) -> None:
    payment = a_payment(elsewhere)
    elsewhere.break_down("500", "/v")

    assert isinstance(elsewhere.gateway.repayments(payment), Unreachable)


def test_a_refund_made_there_before_ours_is_found_by_its_name(elsewhere: TillElsewhere) -> None:
    payment = a_payment(elsewhere)
    theirs = refunded(elsewhere, payment, 300, "by hand")

    assert refunded(elsewhere, payment, 300, "ours") == theirs


def test_the_test_method_remembers_nothing() -> None:
    assert isinstance(TestTill().gateway.repayments("test_1"), Unreachable)


def test_an_inquiry_takes_no_money(stripe_till: TillElsewhere) -> None:
    payment = a_payment(stripe_till)
    stripe_till.stand_in.tell("dispute", payment=payment, inquiry=True)

    assert repaid(stripe_till, payment) == []


def test_what_stands_says_when_it_happened(elsewhere: TillElsewhere) -> None:
    payment = a_payment(elsewhere)
    elsewhere.stand_in.tell("time", now=1_800_000_000)
    refunded(elsewhere, payment, 300)

    said = elsewhere.gateway.repayments(payment)

    assert isinstance(said, tuple)
    assert isinstance(said[0], Repaid)
    assert said[0].happened.timestamp() == 1_800_000_000
