"""Pages about money: ways to pay, receipts, refunds, taxes, books."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from connects.acts.money import refund
from connects.acts.money.save_method import set_method
from connects.acts.money.settle import settle_payment
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases.deliver import deliver_purchase
from connects.billing.port import Paid
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.daily import do_daily_work
from connects.market.invoices.models import Document
from connects.market.notices.models import Notice
from connects.market.payments.methods import kept_methods
from connects.market.payments.models import BillingProfile
from connects.market.people.models import User
from connects.market.purchases.models import Purchase, TopUp
from connects.market.trust.models import StaffAct
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import Role
from tests.market.people import NOON, Town, town
from tests.web.confirming import confirm

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@pytest.fixture
def ana(here: Town) -> Client:
    return signed_in(here.user_of(here.freelancer))


@pytest.fixture
def finance(here: Town) -> Client:
    user = User.objects.create_user("fi@test.example", "Fi", None, Role.FINANCE.value)
    return signed_in(user)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def bought(here: Town, key: str = "k") -> Purchase:
    answer = purchases.order(here.freelancer, 10, key)
    assert isinstance(answer, Purchase), answer
    return answer


def test_a_member_orders_their_ways_to_pay(here: Town, ana: Client) -> None:
    for kind in ("test-declines", "earnings", "test-accepts"):
        assert ana.post("/membership/billing/", {"act": "add", "kind": kind}).status_code == 302
    third = kept_methods(here.freelancer)[2]

    ana.post("/membership/billing/", {"act": "first", "method": third.pk})
    kept = kept_methods(here.freelancer)
    assert [m.token for m in kept] == ["test_accepts", "test_declines", ""]

    ana.post("/membership/billing/", {"act": "remove", "method": kept[1].pk})
    ana.post("/membership/billing/", {"act": "remove", "method": "0"})
    assert [m.token for m in kept_methods(here.freelancer)] == ["test_accepts", ""]
    assert ana.post("/membership/billing/", {"act": "nonsense"}).status_code == 404


def test_a_way_to_pay_of_somebody_else_cannot_be_taken(here: Town, ana: Client) -> None:
    set_method(here.agency)
    (theirs,) = kept_methods(here.agency)

    ana.post("/membership/billing/", {"act": "remove", "method": theirs.pk})
    answer = confirm(ana, "/membership/buy/10/", {"key": "a", "pay_with": f"kept-{theirs.pk}"})

    assert answer.status_code == 409
    assert kept_methods(here.agency) == [theirs]


@pytest.mark.parametrize(
    "form",
    [
        {"below": "5", "credits": "10", "most": "nonsense"},
        {"below": "-5", "credits": "10", "most": "30"},
        {"below": "5", "credits": "11", "most": "30"},
        {"below": "5", "credits": "10", "most": "9" * 30},
        {"below": "5", "credits": "10", "most": "0.10"},
    ],
)
def test_a_top_up_that_makes_no_sense_is_refused(ana: Client, form: dict[str, str]) -> None:
    answer = ana.post("/membership/billing/", {"act": "top-up", **form})

    assert answer.status_code == 409
    assert not TopUp.objects.exists()


def test_receipts_are_listed_and_are_pdfs_and_belong_to_their_account(
    here: Town, ana: Client
) -> None:
    ana.post(
        "/membership/billing/",
        {"act": "details", "name": "Ana & Ço. 李", "address": "Road 1", "country": "de"},
    )
    bought(here)
    document = Document.objects.get()

    listed = ana.get("/membership/receipts/")
    address = f"/membership/receipts/{document.series}/{document.number}.pdf"
    paper = ana.get(address)

    assert document.label.encode() in listed.content
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Type"] == "application/pdf"
    assert signed_in(here.user_of(here.agency)).get(address).status_code == 404
    assert not Notice.objects.filter(code="payment-received").exists()


def test_staff_refund_a_payment_with_a_reason_once(
    here: Town, ana: Client, finance: Client
) -> None:
    payment = bought(here)
    address = f"/console/payments/purchase/{payment.public_id}/"

    assert finance.post(address, {"act": "refund", "reason": " "}).status_code == 409
    assert confirm(finance, address, {"act": "refund", "reason": "a mistake"}).status_code == 302
    assert finance.post(address, {"act": "refund", "reason": "again"}).status_code == 409

    assert journal().wallet(here.freelancer.pk).balance == 16
    assert StaffAct.objects.get(act="refunded").reason == "a mistake"
    assert b"Refunded" in ana.get(f"/payments/purchase/{payment.public_id}/").content
    assert ana.get(address).status_code == 404


def test_a_payment_of_another_amount_waits_for_staff_who_give_it_back(
    here: Town, ana: Client, finance: Client
) -> None:
    row = purchases.create_order(here.freelancer, 10, "odd", None, NOON)
    assert isinstance(row, Purchase)
    settle_payment(
        row, Paid("odd", Money(row.total_cents - 1, "USD"), fee=0), deliver_purchase, NOON
    )

    assert journal().wallet(here.freelancer.pk).balance == 16
    assert b"Another amount arrived" in ana.get(f"/payments/purchase/{row.public_id}/").content
    assert row.public_id.encode() in finance.get("/console/payments/").content
    address = f"/console/payments/purchase/{row.public_id}/"
    assert b"$1.49" in finance.get(address).content
    assert confirm(finance, address, {"act": "refund", "reason": "odd"}).status_code == 302
    row.refresh_from_db()
    assert row.status == "refunded"


def test_a_payment_nobody_knows_about_is_dropped_with_a_reason_or_asked_after(
    here: Town, finance: Client
) -> None:
    row = purchases.create_order(here.freelancer, 10, "lost", None, NOON)
    assert isinstance(row, Purchase)
    address = f"/console/payments/purchase/{row.public_id}/"
    assert finance.post(address, {"act": "drop", "reason": "x"}).status_code == 409
    Purchase.objects.filter(pk=row.pk).update(look_again=None)

    assert finance.post(address, {"act": "drop", "reason": "not in their list"}).status_code == 302

    row.refresh_from_db()
    assert row.status == "abandoned"
    assert finance.post(address, {"act": "steal", "reason": "x"}).status_code == 404
    found = finance.get("/console/payments/", {"q": row.public_id})
    assert f'href="{address}"' in found.content.decode()
    nothing = finance.get("/console/payments/", {"q": "\x00nothing"})
    assert b"No payment matches." in nothing.content


def test_a_tax_holds_from_its_day_on_and_stands_on_the_checkout(
    here: Town, ana: Client, finance: Client
) -> None:
    form = {"country": "de", "name": "VAT", "percent": "19", "starts": "2019-05-21"}
    assert finance.post("/console/books/taxes/", form).status_code == 302
    assert finance.post("/console/books/taxes/", {**form, "percent": "99"}).status_code == 200
    yesterday = {**form, "starts": "2019-05-01"}
    assert finance.post("/console/books/taxes/", yesterday).status_code == 409
    ana.post("/membership/billing/", {"act": "details", "name": "A", "country": "DE"})

    assert b"VAT" not in ana.get("/membership/buy/10/").content
    with held_at(datetime(2019, 5, 21, 9, tzinfo=UTC)):
        checkout = ana.get("/membership/buy/10/").content
        bought(here)

    assert b"VAT 19%" in checkout
    assert b"$1.79" in checkout
    (receipt,) = Document.objects.all()
    assert (receipt.total_cents, receipt.content["tax_cents"]) == (1_79, 29)


def test_months_that_are_over_are_closed_and_shown_to_finance_alone(
    here: Town, ana: Client, finance: Client
) -> None:
    bought(here)
    with held_at(NOON + timedelta(days=45)):
        do_daily_work()
        do_daily_work()

    assert b"May 2019" in finance.get("/console/books/").content
    assert b"bought" in finance.get("/console/books/2019-05/").content
    for address in ("2019-07", "2019-13", "nonsense"):
        assert finance.get(f"/console/books/{address}/").status_code == 404
    support = User.objects.create_user("su@test.example", "Su", None, Role.SUPPORT.value)
    assert signed_in(support).get("/console/books/").status_code == 404
    assert signed_in(support).get("/console/payments/").status_code == 200
    assert ana.get("/console/books/").status_code == 404


def test_support_ends_a_membership_from_the_accounts_page(here: Town, finance: Client) -> None:
    assert isinstance(plans.subscribe(here.freelancer, "plus", "k"), plans.PlanChanged)
    page = "/console/accounts/ana/"
    assert b"End Plus now" in finance.get(page).content

    without_reason = finance.post(page, {"act": "end-membership", "money": "back"})
    ended = confirm(
        finance, page, {"act": "end-membership", "money": "back", "reason": "she asked for it"}
    )

    assert (without_reason.status_code, ended.status_code) == (409, 302)
    assert b"End Plus now" not in finance.get(page).content
    assert plans.subscription_of(here.freelancer).plan == "basic"
    assert StaffAct.objects.get(act="end-membership").reason == "she asked for it"


def test_support_refunds_a_part_and_is_told_what_is_left(here: Town, finance: Client) -> None:
    row = bought(here)
    page = f"/console/payments/purchase/{row.public_id}/"
    over = finance.post(page, {"act": "refund", "amount": "1.51", "reason": "half"})
    words = finance.post(page, {"act": "refund", "amount": "half", "reason": "half"})
    assert (over.status_code, words.status_code) == (409, 409)
    assert b"at most what is left: $1.50" in over.content

    done = confirm(finance, page, {"act": "refund", "amount": "0.75", "reason": "half"})

    row.refresh_from_db()
    assert (done.status_code, row.status, row.returned_cents) == (302, "paid", 75)
    shown = finance.get(page).content
    assert b"$0.75 of $1.50 went back already" in shown
    assert b"What went back" in shown


def test_a_payment_that_went_back_twice_says_what_to_do(here: Town, finance: Client) -> None:
    row = bought(here)
    refund.refund_payment(row, None, "asked for")
    refund.charge_back(row)
    page = f"/console/payments/purchase/{row.public_id}/"
    assert f'href="{page}"' in finance.get("/console/payments/?needs=review").content.decode()
    shown = finance.get(page).content
    assert b"It needs someone" in shown
    assert b"Answer the dispute" in shown

    finance.post(page, {"act": "looked-at", "reason": "answered it"})

    assert b"It needs someone" not in finance.get(page).content
    assert page not in finance.get("/console/payments/?needs=review").content.decode()
    assert StaffAct.objects.get(act="looked-at").reason == "answered it"


@pytest.mark.parametrize("typed", ["Ge", "ZZ", "Atlantis", "D3"])
def test_a_country_that_there_is_not_is_refused_in_words(
    ana: Client, here: Town, typed: str
) -> None:
    ana.post("/membership/billing/", {"act": "details", "name": "A", "country": "Germany"})

    answer = ana.post("/membership/billing/", {"act": "details", "name": "A", "country": typed})

    assert answer.status_code == 409
    assert "Choose a country from the list" in answer.content.decode()
    assert BillingProfile.objects.get().country == "DE"
