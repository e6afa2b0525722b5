"""What is PayPal's own: orders that are approved and captured, its tokens, keys and messages."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.billing.port import (
    DeclineCause,
    Forged,
    MethodKind,
    SavedMethod,
    Unreachable,
    Waiting,
)
from connects.billing.settings import PayPalSettings
from connects.vocabulary.amounts import Money
from tests.billing.tills import BACK, PayPalTill, charge, declined, messages, paid, waiting
from tests.servers import paypal


def ask(till: PayPalTill, key: str = "p1.1", *, keep: bool = False) -> Waiting:
    return waiting(till.gateway.ask(charge(key), MethodKind.PAYPAL, keep=keep, back=BACK))


class TestCapture:
    def test_an_approved_order_is_captured_when_it_is_looked_up(
        self, paypal_till: PayPalTill
    ) -> None:
        order = ask(paypal_till)
        paypal_till.pay(order.url)
        assert paypal_till.taken() == []

        paid(paypal_till.gateway.look_up(order.reference))

        assert paypal_till.taken() == [300]

    @pytest.mark.parametrize("how", ["lost", "500", "drop"])
    def test_it_is_captured_once_though_no_answer_came(
        self, paypal_till: PayPalTill, how: str
    ) -> None:
        order = ask(paypal_till)
        paypal_till.pay(order.url)
        paypal_till.break_down(how, "/capture$")

        first = paypal_till.gateway.look_up(order.reference)
        second = paypal_till.gateway.look_up(order.reference)

        assert isinstance(first, Unreachable)
        paid(second)
        assert paypal_till.taken() == [300]

    def test_an_account_that_cannot_pay_is_declined(self, paypal_till: PayPalTill) -> None:
        order = ask(paypal_till)
        paypal_till.pay(order.url, paypal.POOR_BUYER)

        answer = declined(paypal_till.gateway.look_up(order.reference))

        assert (answer.cause, answer.detail) == (DeclineCause.DECLINED, "INSTRUMENT_DECLINED")
        assert paypal_till.taken() == []

    def test_money_that_is_on_its_way_is_waited_for(self, paypal_till: PayPalTill) -> None:
        order = ask(paypal_till)
        paypal_till.pay(order.url, paypal.SLOW_BUYER)
        assert paypal_till.gateway.look_up(order.reference) == Waiting(order.reference)
        (message,) = messages(paypal_till, types=["PAYMENT.CAPTURE.PENDING"])
        event = paypal_till.gateway.read_event(message["body"].encode(), message["headers"])

        paypal_till.stand_in.tell("settle", payment=event.payment)

        answer = paid(paypal_till.gateway.look_up(order.reference))
        assert (answer.reference, answer.amount) == (event.payment, Money(300, "USD"))

    def test_an_order_that_nobody_approved_is_abandoned_when_it_is_gone(
        self, paypal_till: PayPalTill
    ) -> None:
        order = ask(paypal_till)
        paypal_till.stand_in.tell("expire", order=order.reference)

        answer = declined(paypal_till.gateway.look_up(order.reference))

        assert answer.cause is DeclineCause.ABANDONED

    def test_an_order_that_is_approved_after_it_was_cancelled_is_not_captured(
        self, paypal_till: PayPalTill
    ) -> None:
        order = ask(paypal_till)
        paypal_till.gateway.cancel(order.reference)
        paypal_till.pay(order.url)
        (message,) = messages(paypal_till)
        event = paypal_till.gateway.read_event(message["body"].encode(), message["headers"])

        answer = declined(paypal_till.gateway.look_up(event.payment))

        assert answer.cause is DeclineCause.ABANDONED
        assert paypal_till.taken() == []

    def test_a_payment_that_is_known_by_its_capture_alone_tells_what_it_kept(
        self, paypal_till: PayPalTill
    ) -> None:
        order = ask(paypal_till, keep=True)
        paypal_till.pay(order.url)
        answer = paid(paypal_till.gateway.look_up(order.reference))

        assert answer.saved is not None
        assert answer.saved.label == f"PayPal {paypal.BUYER}"
        assert paypal_till.gateway.look_up(answer.reference) == answer


class TestKeys:
    def test_a_key_that_paypal_has_forgotten_does_not_pay_twice(
        self, paypal_till: PayPalTill
    ) -> None:
        method = paypal_till.method()
        paid(paypal_till.gateway.charge(charge(), method, present=False, back=BACK))
        paypal_till.stand_in.tell("forget-keys")

        answer = paypal_till.gateway.charge(charge(), method, present=False, back=BACK)

        assert isinstance(answer, Unreachable)
        assert "DUPLICATE_INVOICE_ID" in answer.problem
        assert paypal_till.taken() == [300]

    def test_a_key_with_another_amount_is_not_a_second_charge(
        self, paypal_till: PayPalTill
    ) -> None:
        method = paypal_till.method()
        paypal_till.gateway.charge(charge(), method, present=False, back=BACK)

        answer = paypal_till.gateway.charge(charge(cents=301), method, present=False, back=BACK)

        assert isinstance(answer, Unreachable)
        assert paypal_till.taken() == [300]

    def test_a_method_that_paypal_does_not_know_is_unavailable(
        self, paypal_till: PayPalTill
    ) -> None:
        method = SavedMethod(MethodKind.PAYPAL, "nobody", "", "PayPal")

        answer = paypal_till.gateway.charge(charge(), method, present=False, back=BACK)

        assert declined(answer).detail == "TOKEN_ID_NOT_FOUND"


class TestToken:
    def test_one_is_enough_for_many_calls(self, paypal_till: PayPalTill) -> None:
        for number in range(3):
            ask(paypal_till, f"p{number}.1")

        paths = [each["path"] for each in paypal_till.stand_in.tell("requests")]

        assert paths.count("/v1/oauth2/token") == 1
        assert paths.count("/v2/checkout/orders") == 3

    def test_one_that_was_taken_back_is_fetched_anew(self, paypal_till: PayPalTill) -> None:
        order = ask(paypal_till)
        paypal_till.stand_in.tell("take-back-tokens")

        assert isinstance(paypal_till.gateway.look_up(order.reference), Waiting)

    def test_a_wrong_secret_moves_nothing_and_is_not_told(self, paypal_till: PayPalTill) -> None:
        gateway = paypal_till.opened(secret="wrong")

        answer = gateway.ask(charge(), MethodKind.PAYPAL, keep=False, back=BACK)

        assert answer == Unreachable("PayPal: HTTP 401")
        assert paypal.SECRET not in repr(PayPalSettings(paypal.CLIENT, paypal.SECRET))


class TestMessages:
    @pytest.mark.parametrize(
        "header", ["PayPal-Transmission-Sig", "PayPal-Transmission-Id", "PayPal-Cert-Url"]
    )
    def test_a_message_without_a_part_of_its_signature_is_forged(
        self, paypal_till: PayPalTill, header: str
    ) -> None:
        paypal_till.pay(ask(paypal_till).url)
        (message,) = messages(paypal_till)
        del message["headers"][header]

        with pytest.raises(Forged, match=header.lower()):
            paypal_till.gateway.read_event(message["body"].encode(), message["headers"])

    def test_headers_are_read_whatever_their_case(self, paypal_till: PayPalTill) -> None:
        paypal_till.pay(ask(paypal_till).url)
        (message,) = messages(paypal_till)
        headers = {name.upper(): value for name, value in message["headers"].items()}

        event = paypal_till.gateway.read_event(message["body"].encode(), headers)

        assert event.ours == "purchase:p1"

    def test_a_body_cannot_speak_for_its_own_signature(self, paypal_till: PayPalTill) -> None:
        paypal_till.pay(ask(paypal_till).url)
        (message,) = messages(paypal_till, forged=True)
        body = b'{"id": "1", "event_type": "2"}, "webhook_event": ' + message["body"].encode()

        with pytest.raises(Forged, match="no JSON"):
            paypal_till.gateway.read_event(body, message["headers"])

    def test_whether_it_is_signed_is_unknown_while_paypal_does_not_answer(
        self, paypal_till: PayPalTill
    ) -> None:
        paypal_till.pay(ask(paypal_till).url)
        (message,) = messages(paypal_till)
        paypal_till.break_down("500", "verify-webhook-signature")

        with pytest.raises(ConnectionError):
            paypal_till.gateway.read_event(message["body"].encode(), message["headers"])


def test_a_long_time_is_asked_for_a_month_at_a_time(paypal_till: PayPalTill) -> None:
    method = paypal_till.method()
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for day in (0, 31, 62, 80):
        paypal_till.stand_in.tell("time", now=int((start + timedelta(days=day)).timestamp()))
        paypal_till.gateway.charge(charge(f"p{day}.1"), method, present=False, back=BACK)

    found = list(paypal_till.gateway.transactions(start, start + timedelta(days=80)))

    assert [(line.happened - start).days for line in found] == [0, 31, 62]
