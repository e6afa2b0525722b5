"""What every payment provider tells us: its messages, and the lines of its account."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.billing.port import (
    EventKind,
    Forged,
)
from connects.vocabulary.amounts import Money
from tests.billing.tills import (
    BACK,
    Till,
    TillElsewhere,
    a_payment,
    charge,
    messages,
    paid,
    read,
)

LATER = datetime.now(UTC) + timedelta(days=2)
EARLIER = LATER - timedelta(days=4)


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
        elsewhere.gateway.refund("r1", payment, Money(300, "USD"), "purchase:p1")

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
        elsewhere.gateway.refund("r1", first, Money(300, "USD"), "")
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
