"""Who leaves is not charged, whatever the provider does then, and whoever ends the membership."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from connects.acts.memberships.freeze import freeze, revive
from connects.acts.money import charge_automatically
from connects.acts.money.save_method import set_method
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases import renew
from connects.acts.staff import moderate as moderation
from connects.acts.staff.end_membership import end_membership
from connects.billing.port import Unreachable
from connects.billing.stripe_gateway import StripeGateway
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.books.reading import standing_by_rows
from connects.market.invoices.models import Document
from connects.market.notices.models import Notice
from connects.market.people.models import Account, User
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.purchases.lists import PAYMENTS
from connects.market.trust.models import StaffAct
from connects.movements.change_plan import PlanOffer
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.acts.money.test_paying_through_stripe import spend
from tests.market.listed import listed
from tests.market.people import registered
from tests.market.providers import DECLINES_LATER, VISA, hear, paying_through_stripe, with_card
from tests.servers.web_server import StandIn

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
MONTH = datetime(2026, 12, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LATER = MONTH + timedelta(days=10)


@pytest.fixture
def site(settings: LazySettings) -> Iterator[StandIn]:
    with paying_through_stripe(settings) as stand_in, held_at(NOW):
        stand_in.tell("time", now=int(NOW.timestamp()))
        yield stand_in


@pytest.fixture
def ana(site: StandIn) -> Account:
    """A member of Plus, who pays by card."""
    account = registered("ana", AccountKind.FREELANCER, "fair-2026")
    with_card(account, site)
    assert isinstance(plans.subscribe(account, "plus", "first"), plans.PlanChanged)
    return account


def run_until(moment: datetime) -> None:
    with held_at(moment):
        run(moment)


def cancelled(account: Account, at: datetime) -> plans.PlanChanged:
    with held_at(at):
        answer = plans.cancel(account)
    assert isinstance(answer, plans.PlanChanged), answer
    return answer


def plan_of(account: Account) -> str:
    return Subscription.objects.get(account=account).plan


def kept_cents(site: StandIn) -> int:
    """What Stripe has taken and not given back."""
    charged = [charge for charge in site.tell("charges") if charge["paid"]]
    return sum(charge["amount"] - charge["amount_refunded"] for charge in charged)


def test_cancelling_while_a_payment_is_tried_again_ends_the_tries(
    site: StandIn, ana: Account
) -> None:
    (kept,) = ana.payment_methods.all()
    site.tell("card", method=kept.token, number=DECLINES_LATER)
    run_until(MONTH)

    cancelled(ana, MONTH + HOUR)

    site.tell("card", method=kept.token, number=VISA)
    assert plan_of(ana) == "basic"
    run_until(LATER)
    assert (kept_cents(site), plan_of(ana)) == (14_99, "basic")


def test_cancelling_between_the_renewals_instant_and_the_worker_is_in_time(
    site: StandIn, ana: Account
) -> None:
    cancelled(ana, MONTH + timedelta(seconds=1))

    run_until(LATER)

    assert (kept_cents(site), plan_of(ana)) == (14_99, "basic")
    assert journal().wallet(ana.pk).balance == 110


def test_what_a_silent_provider_took_before_the_wish_goes_back(site: StandIn, ana: Account) -> None:
    hear(site)
    site.tell("faults", how="lost", times=2, path="/v1/payment_intents$")
    run_until(MONTH)
    assert kept_cents(site) == 2 * 14_99

    cancelled(ana, MONTH + HOUR)
    assert plan_of(ana) == "basic"
    with held_at(MONTH + 2 * HOUR):
        run(MONTH + 2 * HOUR)
        assert [row.status for row in listed(PAYMENTS, needs="review")] == ["pending"]
        hear(site)
        run(MONTH + 2 * HOUR)

    assert kept_cents(site) == 14_99
    assert listed(PAYMENTS, needs="review") == []
    assert list(PlanPayment.objects.order_by("id").values_list("status", flat=True)) == [
        "paid",
        "refunded",
    ]
    assert Document.objects.filter(kind="credit-note").count() == 1
    assert "payment-going-back" in Notice.objects.values_list("code", flat=True)
    assert (plan_of(ana), journal().wallet(ana.pk).balance) == ("basic", 110)


def test_a_charge_that_was_never_heard_is_not_asked_for_again(
    site: StandIn, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(StripeGateway, "charge", lambda *_a, **_k: Unreachable("no answer"))
        run_until(MONTH)
        cancelled(ana, MONTH + HOUR)

    run_until(LATER)

    assert kept_cents(site) == 14_99
    (unknown,) = listed(PAYMENTS, needs="review")
    assert unknown.unwanted is not None


def test_who_leaves_while_the_worker_charges_gets_it_back(
    site: StandIn, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    charge = charge_automatically.charge_automatically

    def left_meanwhile(*args: Any) -> None:
        charge(*args)
        cancelled(ana, MONTH + timedelta(seconds=20))

    monkeypatch.setattr(renew, "charge_automatically", left_meanwhile)
    run_until(MONTH)

    run_until(MONTH + HOUR)

    assert (kept_cents(site), plan_of(ana)) == (14_99, "basic")
    assert journal().wallet(ana.pk).balance == 110


def test_a_first_month_in_flight_can_be_let_go(
    site: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    bea = registered("bea", AccountKind.FREELANCER, "fair-2026")
    with_card(bea, site)
    with monkeypatch.context() as patch:
        patch.setattr(StripeGateway, "charge", lambda *_a, **_k: Unreachable("no answer"))
        plans.subscribe(bea, "plus", "first")

    assert isinstance(plans.cancel(bea), plans.PlanChanged)

    run_until(NOW + timedelta(days=2))
    assert (kept_cents(site), plan_of(bea)) == (0, "basic")
    assert isinstance(plans.cancel(bea), Refused)


def test_choosing_the_free_plan_is_leaving(site: StandIn, ana: Account) -> None:
    (kept,) = ana.payment_methods.all()
    site.tell("card", method=kept.token, number=DECLINES_LATER)
    run_until(MONTH)

    with held_at(MONTH + HOUR):
        offer = plans.quote(ana, "basic")
        assert isinstance(offer, PlanOffer)
        assert (offer.at_once, offer.price.cents) == (True, 0)
        assert isinstance(plans.subscribe(ana, "basic", "leave"), plans.PlanChanged)

    assert plan_of(ana) == "basic"


def test_a_suspended_members_payment_is_not_tried_again(site: StandIn, ana: Account) -> None:
    (kept,) = ana.payment_methods.all()
    site.tell("card", method=kept.token, number=DECLINES_LATER)
    run_until(MONTH)
    site.tell("card", method=kept.token, number=VISA)
    moderation.suspend(ana, None, "")

    run_until(LATER)

    assert (kept_cents(site), plan_of(ana)) == (14_99, "basic")
    assert "membership-lapsed" in Notice.objects.values_list("code", flat=True)


class TestWithTestCards:
    """Without a provider."""

    def member(self, kind: AccountKind = AccountKind.FREELANCER) -> Account:
        with held_at(NOW):
            account = registered("bea", kind, "fair-2026")
            assert isinstance(plans.subscribe(account, "plus", "first"), plans.PlanChanged)
        return account

    def test_a_frozen_agency_cancels_and_is_not_charged_when_revived(self) -> None:
        agency = self.member(AccountKind.AGENCY)
        with held_at(NOW + HOUR):
            assert isinstance(freeze(agency), Subscription)
        cancelled(agency, MONTH + timedelta(days=60))
        with held_at(MONTH + timedelta(days=61)):
            assert isinstance(revive(agency), Subscription)

        run_until(MONTH + timedelta(days=120))

        assert plan_of(agency) == "basic"
        assert PlanPayment.objects.count() == 1

    def test_staff_end_a_membership_without_money_back(self) -> None:
        bea = self.member()
        with held_at(NOW + HOUR):
            answer = end_membership(bea, None, "asked for")

        assert isinstance(answer, Subscription)
        assert (answer.plan, answer.renews, answer.next_plan) == ("basic", MONTH, "")
        assert journal().wallet(bea.pk).balance == 110
        assert PlanPayment.objects.get().status == "paid"
        assert StaffAct.objects.get(act="end-membership").parameters["money_back"] is False
        run_until(LATER)
        assert PlanPayment.objects.count() == 1
        assert Notice.objects.get(code="membership-ended-early").parameters["balance"] == 110

    def test_with_money_back_this_months_connects_go_and_what_was_spent_is_owed(self) -> None:
        bea = self.member()
        with held_at(NOW + HOUR):
            spend(bea, 60, NOW + HOUR)
            answer = end_membership(bea, None, "asked for", money_back=True)

        assert isinstance(answer, Subscription)
        wallet = journal().wallet(bea.pk)
        assert (answer.plan, wallet.balance, wallet.debt) == ("basic", 0, 20)
        assert PlanPayment.objects.get().status == "refunded"
        standing_by_rows()

    def test_only_support_finance_and_operators_may_and_only_what_is_there(self) -> None:
        bea = self.member()
        moderator = User.objects.create_user("m@test.example", "Mo", "x", Role.MODERATOR.value)

        refused = end_membership(bea, moderator, "no")
        with held_at(NOW + HOUR):
            end_membership(bea, None, "yes")
            again = end_membership(bea, None, "again")

        assert isinstance(refused, Refused)
        assert refused.code is RefusalCode.NOT_ALLOWED
        assert isinstance(again, Refused)
        assert again.parameters["problem"] == "nothing_to_cancel"

    def test_a_membership_whose_payment_fails_can_be_ended(self) -> None:
        bea = self.member()
        set_method(bea, declines=True)
        run_until(MONTH)

        with held_at(MONTH + HOUR):
            answer = end_membership(bea, None, "asked for")

        assert isinstance(answer, Subscription)
        assert (answer.plan, answer.next_try) == ("basic", None)
