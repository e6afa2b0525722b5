"""Buying, renewing, refunding and disputing with a real provider's rules, over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from connects.acts.books.reconcile_day import reconcile_day
from connects.acts.money import refund as refunds
from connects.acts.money import save_method
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases import continue_payments as settlement
from connects.acts.purchases import top_up
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.port import Posted
from connects.ledger.commands import Spend
from connects.market.books.models import CashMovement
from connects.market.books.reading import standing_by_rows
from connects.market.invoices.models import Document
from connects.market.notices.models import Notice, OutboxEvent
from connects.market.payments.methods import kept_methods
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.purchases.models import Purchase, TopUp
from connects.market.trust.models import StaffAct
from connects.policy.shelf import shipped
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.market.people import registered
from tests.market.providers import (
    DECLINES_LATER,
    VISA,
    hear,
    paying_through_stripe,
    taken,
    with_card,
)
from tests.servers.web_server import StandIn

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
MONTH = datetime(2026, 12, 2, 12, tzinfo=UTC)


@pytest.fixture
def site(settings: LazySettings) -> Iterator[StandIn]:
    with paying_through_stripe(settings) as stand_in, held_at(NOW):
        stand_in.tell("time", now=int(NOW.timestamp()))
        yield stand_in


@pytest.fixture
def ana(site: StandIn) -> Account:
    return registered("ana", AccountKind.FREELANCER, "fair-2026")


def bought(account: Account, key: str = "k", pay_with: str | None = None) -> Purchase:
    answer = purchases.order(account, 10, key, pay_with)
    assert isinstance(answer, Purchase), answer
    return answer


def balance(account: Account) -> int:
    return journal().wallet(account.pk).balance


def spend(account: Account, credits: int, at: datetime) -> None:
    command = Spend(
        wallet=account.pk,
        key=f"spend {at}",
        reference="proposal:1",
        rule_book=shipped("fair-2026").label,
        effective=at,
        credits=credits,
    )
    assert isinstance(journal().post_one(command, at), Posted)


def test_a_new_card_is_kept_where_its_owner_wants_it_and_pays_the_next_time(
    site: StandIn, ana: Account
) -> None:
    first = purchases.order(ana, 10, "a", "new-card", keep_method=True)
    assert isinstance(first, Purchase)
    assert (first.status, balance(ana)) == ("pending", 40)
    site.fill_in(first.page, action="pay", card=VISA)
    hear(site)

    (kept,) = kept_methods(ana)
    second = bought(ana, "b", f"kept-{kept.pk}")

    assert kept.label == "Visa ending in 4242"
    assert (second.status, balance(ana)) == ("paid", 60)
    assert taken(site, second.reference) == [150]
    fees = CashMovement.objects.values_list("fee_cents", flat=True)
    assert list(fees) == [34, 34]


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        ("4000000000000341", "declined"),
        ("4000000000009995", "insufficient_funds"),
        ("4000000000009979", "stolen_card"),
        ("4000000000000069", "expired_card"),
    ],
)
def test_a_card_that_is_declined_brings_nothing_and_says_why(
    site: StandIn, ana: Account, number: str, cause: str
) -> None:
    kept = with_card(ana, site)
    site.tell("card", method=kept.token, number=number)

    answer = purchases.order(ana, 10, "k", f"kept-{kept.pk}")

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.PAYMENT_DECLINED
    assert answer.parameters["cause"] == cause
    assert balance(ana) == 40
    assert not Document.objects.exists()


def test_who_turns_back_from_the_page_has_ordered_nothing_and_may_go_back(
    site: StandIn, ana: Account
) -> None:
    row = bought(ana, pay_with="new-card")
    site.fill_in(row.page, action="cancel")
    assert settlement.continue_any_payment(row, NOW).status == "pending"

    given_up = settlement.give_up(row, NOW)

    assert given_up.status == "abandoned"
    assert Purchase.objects.get().page == ""
    with held_at(NOW + timedelta(hours=2)):
        run(NOW + timedelta(hours=2))
    assert balance(ana) == 40


def test_a_page_that_nobody_pays_on_is_given_up_after_an_hour(site: StandIn, ana: Account) -> None:
    row = bought(ana, pay_with="new-card")
    run(NOW + timedelta(hours=3))

    row.refresh_from_db()
    assert row.status == "abandoned"
    (closed,) = OutboxEvent.objects.filter(code="checkout_session.expired")
    assert closed.parameters == {"payment": row.reference}
    (session,) = site.tell("objects", kind="checkout.session")
    assert session["status"] == "expired"


def test_a_bank_that_asks_is_answered_on_its_page(site: StandIn, ana: Account) -> None:
    kept = with_card(ana, site)
    site.tell("card", method=kept.token, number="4000002760003184")
    row = bought(ana, pay_with=f"kept-{kept.pk}")
    assert row.page
    assert row.status == "pending"

    site.fill_in(row.page, action="complete")
    paid = settlement.continue_any_payment(row, NOW)

    assert (paid.status, balance(ana)) == ("paid", 50)


@pytest.mark.parametrize("how", ["500", "429", "drop", "lost", "hang"])
def test_a_provider_that_fails_leaves_a_payment_that_is_finished_later(
    site: StandIn, ana: Account, how: str
) -> None:
    kept = with_card(ana, site)
    path = "/v1/payment_intents$"
    tries = 1 if how == "429" else 2  # Stripe's library asks once more by itself, but not after 429
    site.tell("faults", how=how, times=tries, path=path, seconds=0.1)

    row = bought(ana, pay_with=f"kept-{kept.pk}")
    assert row.status == "pending"
    assert balance(ana) == 40
    run(NOW + timedelta(minutes=20))

    row.refresh_from_db()
    assert (row.status, balance(ana)) == ("paid", 50)
    assert taken(site, row.reference) == [150]


def test_a_renewal_tries_the_methods_in_their_order_and_dunning_the_member_who_has_none(
    site: StandIn, ana: Account
) -> None:
    first = with_card(ana, site)
    begun = plans.subscribe(ana, "plus", "first", f"kept-{first.pk}")
    assert isinstance(begun, plans.PlanChanged), begun
    second = with_card(ana, site, "5555555555554444")
    site.tell("card", method=first.token, number=DECLINES_LATER)

    run(MONTH)

    renewal = PlanPayment.objects.get(key__startswith="cycle:")
    assert (renewal.status, renewal.attempt) == ("paid", 1)
    assert renewal.method_label == "Mastercard ending in 4444"
    assert taken(site, renewal.reference) == [1499]
    site.tell("card", method=second.token, number=DECLINES_LATER)
    run(MONTH + timedelta(days=60))
    assert Subscription.objects.get(account=ana).plan == "basic"
    assert Notice.objects.filter(account=ana, code="membership-ended").count() == 1


def test_a_refund_goes_back_to_the_card_and_takes_what_is_left(site: StandIn, ana: Account) -> None:
    with_card(ana, site)
    row = bought(ana)
    spend(ana, 45, NOW)

    answer = refunds.refund_payment(row, None, "a mistake")

    assert isinstance(answer, Purchase)
    assert answer.status == "refunded"
    assert (balance(ana), journal().wallet(ana.pk).debt) == (0, 5)
    (refund,) = site.tell("objects", kind="refund")
    assert refund["amount"] == 150
    assert {d.kind for d in Document.objects.all()} == {"receipt", "credit-note"}


def test_a_refund_whose_answer_is_lost_is_made_once(site: StandIn, ana: Account) -> None:
    with_card(ana, site)
    row = bought(ana)
    site.tell("faults", how="lost", times=2, path="/v1/refunds")

    waiting = refunds.refund_payment(row, None, "a mistake")
    assert isinstance(waiting, Purchase)
    assert waiting.status == "refunding"
    run(NOW + timedelta(minutes=20))

    row.refresh_from_db()
    assert row.status == "refunded"
    assert len(site.tell("objects", kind="refund")) == 1


def test_a_dispute_takes_the_connects_and_winning_it_brings_them_back(
    site: StandIn, ana: Account
) -> None:
    with_card(ana, site)
    row = bought(ana)
    dispute = site.tell("dispute", payment=row.provider_reference)
    hear(site)
    row.refresh_from_db()
    assert (row.status, balance(ana)) == ("charged-back", 40)

    site.tell("close-dispute", dispute=dispute["id"], won=True)
    hear(site)
    hear(site, again=True, reverse=True)

    row.refresh_from_db()
    assert (row.status, balance(ana)) == ("paid", 50)
    kinds = CashMovement.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["payment", "chargeback", "dispute-won"]
    assert StaffAct.objects.filter(act="dispute-won").count() == 1


def test_messages_are_taken_once_and_forged_or_old_ones_never(site: StandIn, ana: Account) -> None:
    row = bought(ana, pay_with="new-card")
    site.fill_in(row.page, action="pay", card=VISA)
    messages = site.tell("messages", types=["payment_intent.succeeded"])
    forged = site.tell("messages", again=True, forged=True)
    stale = site.tell("messages", again=True, age_seconds=3_600)
    client = Client()

    def sent(message: dict[str, object], provider: str = "stripe") -> int:
        headers = message["headers"]
        assert isinstance(headers, dict)
        answer = client.post(
            f"/webhooks/{provider}/",
            message["body"],
            content_type="application/json",
            headers={"Stripe-Signature": headers["Stripe-Signature"]},
        )
        return answer.status_code

    assert {sent(each) for each in (*forged, *stale)} == {400}
    assert sent(messages[0], "nobody") == 404
    assert balance(ana) == 40
    assert [sent(messages[0]), sent(messages[0])] == [200, 200]
    assert balance(ana) == 50
    assert client.get("/webhooks/stripe/").status_code == 405
    assert client.post("/webhooks/stripe/", b"x" * 300_000, content_type="a/b").status_code == 413


def test_a_message_that_cannot_be_looked_into_is_sent_again(site: StandIn, ana: Account) -> None:
    row = bought(ana, pay_with="new-card")
    site.fill_in(row.page, action="pay", card=VISA)
    Purchase.objects.filter(pk=row.pk).update(provider_reference="")
    (message,) = site.tell("messages", types=["payment_intent.succeeded"])
    site.tell("faults", how="500", times=9, path="/v1/(payment|checkout)")

    with pytest.raises(ConnectionError):
        settlement.receive_webhook("stripe", message["body"].encode(), message["headers"], NOW)

    site.tell("faults", how="500", times=0)


def test_a_day_is_reconciled_to_the_cent_and_every_difference_is_listed(
    site: StandIn, ana: Account
) -> None:
    with_card(ana, site)
    row = bought(ana, "a")
    other = bought(ana, "b")
    refunds.refund_payment(other, None, "x")

    (report,) = reconcile_day(NOW.date(), NOW)
    assert (report.movements, report.differences) == (3, [])

    CashMovement.objects.filter(reference=row.reference).update(cents=151)
    CashMovement.objects.filter(reference=other.reference, kind="refund").delete()
    CashMovement.objects.filter(reference=other.reference).update(fee_cents=1)
    bogus = CashMovement.objects.get(reference=row.reference)
    bogus.pk, bogus.provider_reference = None, "pi_nowhere"
    bogus.save()
    (report,) = reconcile_day(NOW.date(), NOW)

    found = " | ".join(report.differences)
    assert len(report.differences) == 4, report.differences
    assert "$1.50 there, $1.51 in our books" in found
    assert "\N{MINUS SIGN}$1.50 there at 12:00:00, nothing in our books" in found
    assert "a fee of $0.34 there, of $0.01 in our books" in found
    assert "pi_nowhere: $1.51 in our books at 12:00:00, nothing there" in found
    reconcile_day(NOW.date(), NOW)
    (differs,) = OutboxEvent.objects.filter(code="reconciliation.differs")
    assert differs.parameters == {"provider": "stripe", "day": "2026-11-02", "differences": 4}


def test_fees_of_disputes_are_learned_from_the_list_and_the_books_stay_right(
    site: StandIn, ana: Account
) -> None:
    with_card(ana, site)
    row = bought(ana)
    site.tell("dispute", payment=row.provider_reference)
    hear(site)
    assert CashMovement.objects.filter(kind="chargeback", fee_cents=None).count() == 1

    (report,) = reconcile_day(NOW.date(), NOW)

    assert report.differences == []
    assert CashMovement.objects.get(kind="chargeback").fee_cents == 1_500
    assert standing_by_rows()[("Assets:Cash:Stripe", "USD")] == -34 - 1_500


def test_a_top_up_buys_when_few_are_left_up_to_its_ceiling(site: StandIn, ana: Account) -> None:
    with_card(ana, site)
    assert isinstance(top_up.set_top_up(ana, 20, 10, 3_00), TopUp)

    run(NOW)
    assert balance(ana) == 40
    for hours in range(1, 5):
        at = NOW + timedelta(hours=hours)
        with held_at(at):
            spend(ana, 11, at)
            top_up.schedule_top_up_check(ana.pk, balance(ana), at)
            run(at)

    # Two of $1.50 fit under $3.00; the third does not.
    assert Purchase.objects.filter(automatic=True, status="paid").count() == 2
    assert balance(ana) == 40 - 44 + 20
    assert Notice.objects.filter(code="top-up-ceiling").count() == 1
    run(datetime(2026, 12, 1, 13, tzinfo=UTC))
    assert Purchase.objects.filter(automatic=True, status="paid").count() == 3


def test_a_top_up_whose_card_is_declined_stops_and_says_so(site: StandIn, ana: Account) -> None:
    kept = with_card(ana, site)
    site.tell("card", method=kept.token, number=DECLINES_LATER)
    top_up.set_top_up(ana, 50, 10, 30_00)

    run(NOW)
    run(NOW + timedelta(days=3))

    assert TopUp.objects.get().paused == "declined"
    assert Purchase.objects.filter(automatic=True).count() == 1
    assert Notice.objects.filter(code="top-up-stopped").count() == 1
    assert balance(ana) == 40


def test_a_removed_card_is_forgotten_at_the_provider_too(site: StandIn, ana: Account) -> None:
    kept = with_card(ana, site)

    save_method.forget(ana, kept.pk)

    assert kept_methods(ana) == []
    (method,) = [m for m in site.tell("objects", kind="payment_method") if m["id"] == kept.token]
    assert method["customer"] is None


def test_a_card_from_a_country_that_its_kind_is_not_for_is_refused(
    site: StandIn, ana: Account
) -> None:
    answer = purchases.order(ana, 10, "k", "new-paypal")

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.PAYMENT_METHOD_UNAVAILABLE
    assert not Purchase.objects.exists()
