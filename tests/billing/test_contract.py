"""What every payment provider does for us, whoever it is."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.billing.port import (
    DeclineCause,
    Declined,
    EventKind,
    Forged,
    MethodKind,
    ProviderEvent,
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
    charge,
    declined,
    messages,
    paid,
    waiting,
)

NO_ANSWER = ["500", "429", "drop", "lost", "hang"]
LATER = datetime.now(UTC) + timedelta(days=2)
EARLIER = LATER - timedelta(days=4)


class TestKeptMethod:
    def test_a_charge_is_paid_in_full(self, till: Till) -> None:
        answer = paid(till.gateway.charge(charge(), till.method(), present=False, back=BACK))

        assert answer.amount == Money(300)
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

        first = till.gateway.refund("r1", payment.reference, Money(300), "purchase:p1")
        again = till.gateway.refund("r1", payment.reference, Money(300), "purchase:p1")

        assert isinstance(first, Refunded)
        assert first == again

    def test_money_that_went_back_already_is_refunded(self, elsewhere: TillElsewhere) -> None:
        payment = a_payment(elsewhere)
        elsewhere.gateway.refund("by-staff", payment, Money(300), "at the provider's own site")

        assert isinstance(elsewhere.gateway.refund("r1", payment, Money(300), ""), Refunded)
        assert amounts(elsewhere, "refund") == [-300]

    def test_more_than_was_paid_is_not_given_back(self, elsewhere: TillElsewhere) -> None:
        payment = a_payment(elsewhere)

        assert isinstance(elsewhere.gateway.refund("r1", payment, Money(301), ""), Declined)
        assert amounts(elsewhere, "refund") == []

    @pytest.mark.parametrize("how", ["500", "lost"])
    def test_it_is_made_once_though_no_answer_came(
        self, elsewhere: TillElsewhere, how: str
    ) -> None:
        payment = a_payment(elsewhere)
        elsewhere.break_down(how, "refund")

        first = elsewhere.gateway.refund("r1", payment, Money(300), "")
        second = elsewhere.gateway.refund("r1", payment, Money(300), "")

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
        assert paid(second).amount == Money(300)
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
        assert paid(elsewhere.gateway.look_up(payment)).amount == Money(300)

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
        assert answer.amount == Money(300)
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

        assert paid(again).amount == Money(300)
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


class TestMessages:
    def test_an_unsigned_message_is_forged(self, till: Till) -> None:
        with pytest.raises(Forged):
            till.gateway.read_event(b'{"id": "evt_1", "object": "event"}', {})

    @pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{}"])
    def test_what_cannot_be_read_is_forged(self, till: Till, body: bytes) -> None:
        with pytest.raises(Forged):
            till.gateway.read_event(body, {"Stripe-Signature": "t=1,v1=00"})

    def test_a_payment_is_told_with_its_names(self, elsewhere: TillElsewhere) -> None:
        payment = a_payment(elsewhere)

        told = [event for event in read(elsewhere) if event.kind is EventKind.PAYMENT]

        assert {event.ours for event in told} == {"purchase:p1"}
        assert payment in {event.payment for event in told}
        for event in told:
            assert paid(elsewhere.gateway.look_up(event.payment)).reference == payment

    def test_a_message_of_somebody_else_is_forged(self, elsewhere: TillElsewhere) -> None:
        a_payment(elsewhere)

        for message in messages(elsewhere, forged=True):
            with pytest.raises(Forged):
                elsewhere.gateway.read_event(message["body"].encode(), message["headers"])

    def test_a_message_that_was_changed_is_forged(self, elsewhere: TillElsewhere) -> None:
        a_payment(elsewhere)
        message = messages(elsewhere)[-1]
        changed = message["body"].replace("purchase:p1", "purchase:p2").encode()
        assert changed != message["body"].encode()

        with pytest.raises(Forged):
            elsewhere.gateway.read_event(changed, message["headers"])

    def test_a_refund_is_told(self, elsewhere: TillElsewhere) -> None:
        payment = a_payment(elsewhere)
        read(elsewhere)
        elsewhere.gateway.refund("r1", payment, Money(300), "purchase:p1")

        told = [event for event in read(elsewhere) if event.kind is EventKind.REFUND]

        assert {event.payment for event in told} == {payment}

    @pytest.mark.parametrize(
        ("won", "kind"), [(True, EventKind.DISPUTE_WON), (False, EventKind.DISPUTE_LOST)]
    )
    def test_a_dispute_is_told_from_start_to_end(
        self, elsewhere: TillElsewhere, won: bool, kind: EventKind
    ) -> None:
        payment = a_payment(elsewhere)
        read(elsewhere)
        dispute = elsewhere.stand_in.tell("dispute", payment=payment)
        opened = read(elsewhere)
        elsewhere.stand_in.tell("close-dispute", dispute=dispute["id"], won=won)
        closed = read(elsewhere)

        assert {(event.kind, event.payment) for event in opened} == {
            (EventKind.DISPUTE_OPENED, payment)
        }
        assert {(event.kind, event.payment) for event in closed} == {(kind, payment)}

    def test_a_dispute_that_was_won_is_not_opened_by_a_late_message(
        self, elsewhere: TillElsewhere
    ) -> None:
        payment = a_payment(elsewhere)
        read(elsewhere)
        dispute = elsewhere.stand_in.tell("dispute", payment=payment)
        elsewhere.stand_in.tell("close-dispute", dispute=dispute["id"], won=True)

        told = read(elsewhere, reverse=True)

        assert {event.kind for event in told} == {EventKind.DISPUTE_WON}

    def test_a_message_is_not_taken_where_the_provider_cannot_be_asked_about_it(
        self, elsewhere: TillElsewhere
    ) -> None:
        payment = a_payment(elsewhere)
        read(elsewhere)
        elsewhere.stand_in.tell("dispute", payment=payment)
        (message, *_) = messages(elsewhere)
        elsewhere.break_down("500", "/v")

        with pytest.raises(ConnectionError):
            elsewhere.gateway.read_event(message["body"].encode(), message["headers"])


class TestTransactions:
    def test_a_provider_without_payments_has_none(self, till: Till) -> None:
        assert list(till.gateway.transactions(EARLIER, LATER)) == []

    def test_each_movement_is_a_line_with_its_payment_and_fee(
        self, elsewhere: TillElsewhere
    ) -> None:
        first, second = a_payment(elsewhere, "p1.1"), a_payment(elsewhere, "p2.1", 600)
        elsewhere.gateway.refund("r1", first, Money(300), "")
        dispute = elsewhere.stand_in.tell("dispute", payment=second)
        elsewhere.stand_in.tell("close-dispute", dispute=dispute["id"], won=True)

        lines = list(elsewhere.gateway.transactions(EARLIER, LATER))

        assert [(line.kind, line.amount.cents, line.payment) for line in lines] == [
            ("payment", 300, first),
            ("payment", 600, second),
            ("refund", -300, first),
            ("dispute", -600, second),
            ("dispute-reversal", 600, second),
        ]
        assert [line.fee for line in lines[:3]] == [elsewhere.fee(300), elsewhere.fee(600), 0]
        assert len({line.id for line in lines}) == 5

    def test_the_fee_of_a_payment_is_that_of_its_line(self, elsewhere: TillElsewhere) -> None:
        payment = a_payment(elsewhere)
        (line,) = elsewhere.gateway.transactions(EARLIER, LATER)

        assert paid(elsewhere.gateway.look_up(payment)).fee == line.fee > 0

    def test_they_are_those_of_the_time_that_is_asked_for(self, elsewhere: TillElsewhere) -> None:
        noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
        for hour in (0, 1, 2):
            elsewhere.stand_in.tell("time", now=int(noon.timestamp()) + hour * 3600)
            a_payment(elsewhere, f"p{hour}.1")

        found = elsewhere.gateway.transactions(noon, noon + timedelta(hours=2))

        assert [line.happened for line in found] == [noon, noon + timedelta(hours=1)]

    def test_there_may_be_more_than_a_page_of_them(self, elsewhere: TillElsewhere) -> None:
        method = elsewhere.method()
        for number in range(101):
            elsewhere.gateway.charge(
                charge(f"p{number}.1", 100 + number), method, present=False, back=BACK
            )

        found = list(elsewhere.gateway.transactions(EARLIER, LATER))

        assert [line.amount.cents for line in found] == list(range(100, 201))

    def test_a_provider_that_does_not_answer_is_an_error(self, elsewhere: TillElsewhere) -> None:
        elsewhere.break_down("500", "/v")

        with pytest.raises(ConnectionError):
            list(elsewhere.gateway.transactions(EARLIER, LATER))


def ask(till: TillElsewhere) -> Waiting:
    return waiting(till.gateway.ask(charge(), till.kind, keep=False, back=BACK))


def a_payment(till: TillElsewhere, key: str = "p1.1", cents: int = 300) -> str:
    """A payment with a kept method; the provider's name for it."""
    answer = till.gateway.charge(charge(key, cents), till.method(), present=False, back=BACK)
    return paid(answer).reference


def read(till: TillElsewhere, **told: object) -> list[ProviderEvent]:
    """The provider's new messages, as the gateway reads them."""
    return [
        till.gateway.read_event(message["body"].encode(), message["headers"])
        for message in messages(till, **told)
    ]


def amounts(till: TillElsewhere, kind: str) -> list[int]:
    lines = till.gateway.transactions(EARLIER, LATER)
    return [line.amount.cents for line in lines if line.kind == kind]
