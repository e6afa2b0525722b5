"""What every payment provider does for us, whoever it is."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.billing.port import (
    DeclineCause,
    Declined,
    MethodKind,
    Refunded,
    SavedMethod,
    Unreachable,
    Waiting,
)
from connects.vocabulary.amounts import Money
from tests.billing.tills import (
    BACK,
    PAYER,
    Till,
    TillElsewhere,
    a_payment,
    ask,
    charge,
    declined,
    paid,
    waiting,
)

NO_ANSWER = ["500", "429", "drop", "lost", "garbled", "hang"]
LATER = datetime.now(UTC) + timedelta(days=2)
EARLIER = LATER - timedelta(days=4)


class TestKeptMethod:
    def test_a_charge_is_paid_in_full(self, till: Till) -> None:
        answer = paid(till.gateway.charge(charge(), till.method(), present=False, back=BACK))

        assert answer.amount == Money(300, "USD")
        assert answer.reference

    def test_a_declined_charge_says_so(self, till: Till) -> None:
        method = till.method(declines=True)

        answer = declined(till.gateway.charge(charge(), method, present=False, back=BACK))

        assert answer.cause is DeclineCause.DECLINED
        assert answer.detail

    def test_the_same_key_gives_the_same_answer(self, till: Till) -> None:
        method = till.method()
        first = till.gateway.charge(charge(), method, present=False, back=BACK)
        again = till.gateway.charge(charge(), method, present=False, back=BACK)
        other = till.gateway.charge(charge("p1.2"), method, present=False, back=BACK)

        assert paid(first).reference == paid(again).reference
        assert paid(first).reference != paid(other).reference

    def test_a_declined_charge_stays_declined_under_its_key(self, till: Till) -> None:
        method = till.method(declines=True)
        first = till.gateway.charge(charge(), method, present=False, back=BACK)

        assert till.gateway.charge(charge(), method, present=False, back=BACK) == first

    def test_what_was_forgotten_can_be_forgotten_again(self, till: Till) -> None:
        method = till.method()
        till.gateway.forget(method)
        till.gateway.forget(method)


class TestRefund:
    def test_it_is_made_once_under_its_key(self, till: Till) -> None:
        payment = paid(till.gateway.charge(charge(), till.method(), present=False, back=BACK))

        first = till.gateway.refund("r1", payment.reference, Money(300, "USD"), "purchase:p1")
        again = till.gateway.refund("r1", payment.reference, Money(300, "USD"), "purchase:p1")

        assert isinstance(first, Refunded)
        assert first == again

    def test_money_that_went_back_already_is_refunded(self, elsewhere: TillElsewhere) -> None:
        payment = a_payment(elsewhere)
        elsewhere.gateway.refund(
            "by-staff", payment, Money(300, "USD"), "at the provider's own site"
        )

        assert isinstance(elsewhere.gateway.refund("r1", payment, Money(300, "USD"), ""), Refunded)
        assert amounts(elsewhere, "refund") == [-300]

    def test_more_than_was_paid_is_not_given_back(self, elsewhere: TillElsewhere) -> None:
        payment = a_payment(elsewhere)

        assert isinstance(elsewhere.gateway.refund("r1", payment, Money(301, "USD"), ""), Declined)
        assert amounts(elsewhere, "refund") == []

    @pytest.mark.parametrize("how", ["500", "lost"])
    def test_it_is_made_once_though_no_answer_came(
        self, elsewhere: TillElsewhere, how: str
    ) -> None:
        payment = a_payment(elsewhere)
        elsewhere.break_down(how, "refund")

        first = elsewhere.gateway.refund("r1", payment, Money(300, "USD"), "")
        second = elsewhere.gateway.refund("r1", payment, Money(300, "USD"), "")

        assert isinstance(first, Unreachable)
        assert isinstance(second, Refunded)
        assert amounts(elsewhere, "refund") == [-300]


class TestNoAnswer:
    @pytest.mark.parametrize("how", NO_ANSWER)
    def test_a_charge_is_made_once_however_it_fails(
        self, elsewhere: TillElsewhere, how: str
    ) -> None:
        method = elsewhere.method()
        gateway = elsewhere.impatient() if how == "hang" else elsewhere.gateway
        elsewhere.break_down(how)

        first = gateway.charge(charge(), method, present=False, back=BACK)
        second = gateway.charge(charge(), method, present=False, back=BACK)

        assert isinstance(first, Unreachable)
        assert paid(second).amount == Money(300, "USD")
        assert elsewhere.taken() == [300]

    @pytest.mark.parametrize("how", ["500", "lost"])
    def test_one_page_is_made_however_it_fails(self, elsewhere: TillElsewhere, how: str) -> None:
        elsewhere.break_down(how)

        first = elsewhere.gateway.ask(charge(), elsewhere.kind, keep=False, back=BACK)
        second = elsewhere.gateway.ask(charge(), elsewhere.kind, keep=False, back=BACK)
        third = elsewhere.gateway.ask(charge(), elsewhere.kind, keep=False, back=BACK)

        assert isinstance(first, Unreachable)
        assert waiting(second) == third

    def test_a_payment_cannot_be_looked_up(self, elsewhere: TillElsewhere) -> None:
        payment = a_payment(elsewhere)
        elsewhere.break_down("500", "/v")

        assert isinstance(elsewhere.gateway.look_up(payment), Unreachable)
        assert paid(elsewhere.gateway.look_up(payment)).amount == Money(300, "USD")

    def test_the_problem_names_no_secret(self, elsewhere: TillElsewhere) -> None:
        method = elsewhere.method()
        elsewhere.break_down("500")
        answer = elsewhere.gateway.charge(charge(), method, present=False, back=BACK)

        assert isinstance(answer, Unreachable)
        assert "of_the_stand_in" not in answer.problem + repr(elsewhere.gateway)


class TestPage:
    def test_a_payer_pays_there(self, elsewhere: TillElsewhere) -> None:
        page = ask(elsewhere)
        assert elsewhere.taken() == []

        assert elsewhere.pay(page.url).startswith(BACK)

        answer = paid(elsewhere.gateway.look_up(page.reference))
        assert answer.amount == Money(300, "USD")
        assert answer.saved is None
        assert elsewhere.gateway.look_up(answer.reference) == answer
        assert elsewhere.taken() == [300]

    def test_looking_twice_takes_the_money_once(self, elsewhere: TillElsewhere) -> None:
        page = ask(elsewhere)
        elsewhere.pay(page.url)

        first = elsewhere.gateway.look_up(page.reference)

        assert elsewhere.gateway.look_up(page.reference) == first
        assert elsewhere.taken() == [300]

    def test_a_payer_who_turns_back_may_still_pay(self, elsewhere: TillElsewhere) -> None:
        page = ask(elsewhere)
        assert elsewhere.turn_back(page.url).startswith(BACK)
        assert isinstance(elsewhere.gateway.look_up(page.reference), Waiting)

        elsewhere.pay(page.url)

        paid(elsewhere.gateway.look_up(page.reference))

    def test_nobody_can_pay_any_more_after_it_is_cancelled(self, elsewhere: TillElsewhere) -> None:
        page = ask(elsewhere)

        answer = declined(elsewhere.gateway.cancel(page.reference))

        assert answer.cause is DeclineCause.ABANDONED
        assert declined(elsewhere.gateway.look_up(page.reference)).cause is answer.cause
        assert declined(elsewhere.gateway.cancel(page.reference)).cause is answer.cause
        assert elsewhere.taken() == []

    def test_what_is_paid_cannot_be_cancelled(self, elsewhere: TillElsewhere) -> None:
        page = ask(elsewhere)
        elsewhere.pay(page.url)
        answer = paid(elsewhere.gateway.look_up(page.reference))

        assert elsewhere.gateway.cancel(page.reference) == answer

    def test_the_same_wish_leads_to_the_same_page_or_what_became_of_it(
        self, elsewhere: TillElsewhere
    ) -> None:
        page = ask(elsewhere)
        assert ask(elsewhere) == page
        elsewhere.pay(page.url)
        paid(elsewhere.gateway.look_up(page.reference))

        again = elsewhere.gateway.ask(charge(), elsewhere.kind, keep=False, back=BACK)

        assert paid(again).amount == Money(300, "USD")
        assert elsewhere.taken() == [300]

    def test_a_kind_that_is_not_theirs_is_unavailable(self, elsewhere: TillElsewhere) -> None:
        answer = elsewhere.gateway.ask(charge(), MethodKind.EARNINGS, keep=False, back=BACK)

        assert declined(answer).cause is DeclineCause.METHOD_UNAVAILABLE

    @pytest.mark.parametrize("cents", [0, 10**13])
    def test_an_amount_that_cannot_be_taken_is_refused(
        self, elsewhere: TillElsewhere, cents: int
    ) -> None:
        answer = elsewhere.gateway.ask(charge(cents=cents), elsewhere.kind, keep=False, back=BACK)

        assert declined(answer).cause is DeclineCause.AMOUNT_REFUSED


class TestKeeping:
    def test_what_paid_once_can_be_charged_later(self, elsewhere: TillElsewhere) -> None:
        page = waiting(elsewhere.gateway.ask(charge(), elsewhere.kind, keep=True, back=BACK))
        elsewhere.pay(page.url)
        saved = paid(elsewhere.gateway.look_up(page.reference)).saved
        assert saved is not None
        assert saved.kind is elsewhere.kind
        assert saved.label

        paid(elsewhere.gateway.charge(charge("p2.1", 600), saved, present=False, back=BACK))

        assert elsewhere.taken() == [300, 600]

    def test_a_method_can_be_kept_without_paying(self, elsewhere: TillElsewhere) -> None:
        page = waiting(elsewhere.gateway.ask_for_method("m1", PAYER, elsewhere.kind, back=BACK))
        assert elsewhere.gateway.kept_method(page.reference) is None
        elsewhere.pay(page.url)

        saved = elsewhere.gateway.kept_method(page.reference)

        assert saved == elsewhere.gateway.kept_method(page.reference)
        assert isinstance(saved, SavedMethod)
        assert elsewhere.taken() == []

    def test_what_was_forgotten_cannot_be_charged(self, elsewhere: TillElsewhere) -> None:
        method = elsewhere.method()
        elsewhere.gateway.forget(method)

        answer = elsewhere.gateway.charge(charge(), method, present=False, back=BACK)

        assert declined(answer).cause is DeclineCause.METHOD_UNAVAILABLE
        assert elsewhere.taken() == []


def amounts(till: TillElsewhere, kind: str) -> list[int]:
    lines = till.gateway.transactions(EARLIER, LATER)
    return [line.amount.cents for line in lines if line.kind == kind]
