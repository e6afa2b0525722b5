"""What is Stripe's own: its cards, their banks, its pages and its messages."""

import pytest
import stripe

from connects.billing.port import (
    DeclineCause,
    EventKind,
    Forged,
    MethodKind,
    Payer,
    Unreachable,
    Waiting,
)
from connects.billing.settings import StripeSettings
from tests.billing.tills import (
    BACK,
    StripeTill,
    charge,
    declined,
    messages,
    paid,
    waiting,
)
from tests.servers.stripe import KEY, WEBHOOK_SECRET

ASKS_ALWAYS = "4000002760003184"
ASKS_UNLESS_SAVED = "4000002500003155"


@pytest.mark.parametrize(
    ("number", "cause", "detail"),
    [
        ("4000000000000002", DeclineCause.DECLINED, "generic_decline"),
        ("4000000000009995", DeclineCause.INSUFFICIENT_FUNDS, "insufficient_funds"),
        ("4000000000000069", DeclineCause.EXPIRED_CARD, "expired_card"),
        ("4000000000009979", DeclineCause.STOLEN_CARD, "stolen_card"),
        ("4000000000009987", DeclineCause.STOLEN_CARD, "lost_card"),
        ("4000000000000127", DeclineCause.DECLINED, "incorrect_cvc"),
        ("4000000000000119", DeclineCause.DECLINED, "processing_error"),
        (ASKS_ALWAYS, DeclineCause.AUTHENTICATION_REQUIRED, "authentication_required"),
    ],
)
def test_a_kept_card_is_declined_for_its_reason(
    stripe_till: StripeTill, number: str, cause: DeclineCause, detail: str
) -> None:
    method = stripe_till.method()
    stripe_till.become(method, number)

    answer = stripe_till.gateway.charge(charge(), method, present=False, back=BACK)

    assert declined(answer).cause is cause
    assert declined(answer).detail == detail
    assert stripe_till.taken() == []


@pytest.mark.parametrize(
    ("number", "kind", "label"),
    [
        ("4242424242424242", MethodKind.CARD, "Visa ending in 4242"),
        ("5105105105105100", MethodKind.PREPAID, "Mastercard ending in 5100"),
        ("378282246310005", MethodKind.CARD, "American Express ending in 0005"),
    ],
)
def test_a_kept_card_says_what_it_is(
    stripe_till: StripeTill, number: str, kind: MethodKind, label: str
) -> None:
    saved = stripe_till.card(number)

    assert (saved.kind, saved.label, saved.expires) == (kind, label, "2031-08")
    assert saved.customer


class TestTheBankAsks:
    def test_a_payer_who_is_there_and_says_yes_has_paid(self, stripe_till: StripeTill) -> None:
        asked = self.asked(stripe_till)
        assert stripe_till.gateway.look_up(asked.reference) == asked

        back = stripe_till.stand_in.fill_in(asked.url, action="complete")

        assert back.startswith(BACK)
        assert paid(stripe_till.gateway.look_up(asked.reference)).reference == asked.reference
        assert stripe_till.taken() == [300]

    def test_a_payer_who_fails_has_not(self, stripe_till: StripeTill) -> None:
        asked = self.asked(stripe_till)
        stripe_till.stand_in.fill_in(asked.url, action="fail")

        answer = declined(stripe_till.gateway.look_up(asked.reference))

        assert answer.cause is DeclineCause.AUTHENTICATION_REQUIRED
        assert stripe_till.taken() == []

    def test_a_payer_who_leaves_can_no_longer_pay_once_it_is_cancelled(
        self, stripe_till: StripeTill
    ) -> None:
        asked = self.asked(stripe_till)

        answer = declined(stripe_till.gateway.cancel(asked.reference))

        assert answer.cause is DeclineCause.ABANDONED
        assert stripe_till.gateway.look_up(asked.reference) == answer

    def test_the_repeated_wish_knows_what_happened_since(self, stripe_till: StripeTill) -> None:
        method = stripe_till.card(ASKS_ALWAYS)
        asked = waiting(stripe_till.gateway.charge(charge(), method, present=True, back=BACK))
        stripe_till.stand_in.fill_in(asked.url, action="complete")

        paid(stripe_till.gateway.charge(charge(), method, present=True, back=BACK))

        assert stripe_till.taken() == [300]

    def test_on_stripes_page_too(self, stripe_till: StripeTill) -> None:
        page = waiting(stripe_till.gateway.ask(charge(), MethodKind.CARD, keep=True, back=BACK))
        bank = stripe_till.pay(page.url, ASKS_UNLESS_SAVED)
        assert isinstance(stripe_till.gateway.look_up(page.reference), Waiting)
        stripe_till.stand_in.fill_in(bank, action="complete")

        saved = paid(stripe_till.gateway.look_up(page.reference)).saved

        assert saved is not None
        paid(stripe_till.gateway.charge(charge("p2.1"), saved, present=False, back=BACK))

    def asked(self, till: StripeTill) -> Waiting:
        method = till.card(ASKS_ALWAYS)
        asked = waiting(till.gateway.charge(charge(), method, present=True, back=BACK))
        assert asked.url
        return asked


class TestThePage:
    def test_a_card_that_fails_there_may_be_followed_by_another(
        self, stripe_till: StripeTill
    ) -> None:
        page = waiting(stripe_till.gateway.ask(charge(), MethodKind.CARD, keep=False, back=BACK))
        assert stripe_till.pay(page.url, "4000000000000002") == ""
        assert stripe_till.gateway.look_up(page.reference) == page

        stripe_till.pay(page.url)

        paid(stripe_till.gateway.look_up(page.reference))
        assert stripe_till.taken() == [300]

    def test_the_message_of_a_failed_card_leads_to_the_page_that_is_still_open(
        self, stripe_till: StripeTill
    ) -> None:
        page = waiting(stripe_till.gateway.ask(charge(), MethodKind.CARD, keep=False, back=BACK))
        stripe_till.pay(page.url, "4000000000000002")
        (message,) = messages(stripe_till, types=["payment_intent.payment_failed"])
        event = stripe_till.gateway.read_event(message["body"].encode(), message["headers"])

        assert stripe_till.gateway.look_up(event.payment) == page
        assert declined(stripe_till.gateway.cancel(event.payment)).cause is DeclineCause.ABANDONED
        assert declined(stripe_till.gateway.look_up(page.reference)).cause is DeclineCause.ABANDONED

    def test_a_payer_is_one_customer_though_their_address_changes(
        self, stripe_till: StripeTill
    ) -> None:
        for number, email in enumerate(["ada@example.com", "ada@example.org"]):
            payer = Payer("account:ada", email, "Ada")
            stripe_till.gateway.ask_for_method(f"m{number}", payer, MethodKind.CARD, back=BACK)

        (customer,) = stripe_till.stand_in.tell("objects", kind="customer")

        assert customer["email"] == "ada@example.org"
        assert customer["metadata"] == {"reference": "account:ada"}


class TestMessages:
    def test_an_old_message_is_a_replayed_one(self, stripe_till: StripeTill) -> None:
        stripe_till.method()

        for message in messages(stripe_till, age_seconds=600):
            with pytest.raises(Forged, match="Timestamp"):
                stripe_till.gateway.read_event(message["body"].encode(), message["headers"])

    def test_an_inquiry_takes_no_money(self, stripe_till: StripeTill) -> None:
        payment = paid(
            stripe_till.gateway.charge(charge(), stripe_till.method(), present=False, back=BACK)
        )
        messages(stripe_till)
        dispute = stripe_till.stand_in.tell("dispute", payment=payment.reference, inquiry=True)
        stripe_till.stand_in.tell("close-dispute", dispute=dispute["id"], won=True)

        kinds = {
            stripe_till.gateway.read_event(each["body"].encode(), each["headers"]).kind
            for each in messages(stripe_till)
        }

        assert kinds == {EventKind.OTHER}

    def test_a_card_that_is_kept_is_no_payment(self, stripe_till: StripeTill) -> None:
        stripe_till.method()

        kinds = {
            stripe_till.gateway.read_event(each["body"].encode(), each["headers"]).kind
            for each in messages(stripe_till)
        }

        assert kinds == {EventKind.OTHER}

    def test_a_refund_that_fails_later_is_told(self, stripe_till: StripeTill) -> None:
        payment = paid(
            stripe_till.gateway.charge(charge(), stripe_till.method(), present=False, back=BACK)
        )
        refund = stripe_till.gateway.refund("r1", payment.reference, payment.amount, "")
        stripe_till.stand_in.tell("fail-refund", refund=getattr(refund, "reference", ""))
        (message,) = messages(stripe_till, types=["refund.failed"])

        event = stripe_till.gateway.read_event(message["body"].encode(), message["headers"])

        assert (event.kind, event.payment) == (EventKind.REFUND, payment.reference)


def test_a_charge_whose_answer_is_lost_for_ever_is_heard_of_by_its_message(
    stripe_till: StripeTill,
) -> None:
    method = stripe_till.method()
    stripe_till.break_down("500-after")
    for _ in range(3):
        answer = stripe_till.gateway.charge(charge(), method, present=False, back=BACK)
        assert isinstance(answer, Unreachable)

    (message,) = messages(stripe_till, types=["payment_intent.succeeded"])
    event = stripe_till.gateway.read_event(message["body"].encode(), message["headers"])

    assert event.ours == "purchase:p1"
    assert paid(stripe_till.gateway.look_up(event.payment)).amount.cents == 300
    assert stripe_till.taken() == [300]


class TestKeys:
    def test_a_wrong_key_moves_nothing_and_says_so_to_staff(self, stripe_till: StripeTill) -> None:
        method = stripe_till.method()
        gateway = stripe_till.opened(key="sk_test_wrong")

        answer = gateway.charge(charge(), method, present=False, back=BACK)

        assert answer == Unreachable("Stripe: AuthenticationError, HTTP 401")

    def test_a_key_with_another_amount_is_not_a_second_charge(
        self, stripe_till: StripeTill
    ) -> None:
        method = stripe_till.method()
        stripe_till.gateway.charge(charge(), method, present=False, back=BACK)

        answer = stripe_till.gateway.charge(charge(cents=301), method, present=False, back=BACK)

        assert isinstance(answer, Unreachable)
        assert "IdempotencyError" in answer.problem
        assert stripe_till.taken() == [300]

    def test_a_mistake_of_ours_moves_nothing(self, stripe_till: StripeTill) -> None:
        method = stripe_till.method()
        other = Payer("account:eve", "eve@example.com", "Eve")
        stripe_till.gateway.ask_for_method("m2", other, MethodKind.CARD, back=BACK)
        eve = stripe_till.stand_in.tell("objects", kind="customer")[-1]["id"]
        stolen = type(method)(method.kind, method.token, eve, method.label)

        answer = stripe_till.gateway.charge(charge(), stolen, present=False, back=BACK)

        assert declined(answer).cause is DeclineCause.METHOD_UNAVAILABLE
        assert stripe_till.taken() == []

    def test_settings_do_not_show_their_secrets(self) -> None:
        settings = StripeSettings(KEY, WEBHOOK_SECRET)

        assert KEY not in repr(settings)
        assert WEBHOOK_SECRET not in repr(settings)


def test_the_gateway_leaves_the_librarys_own_settings_alone(stripe_till: StripeTill) -> None:
    stripe_till.method()

    assert stripe.api_key is None
    assert stripe.api_base == stripe.DEFAULT_API_BASE
