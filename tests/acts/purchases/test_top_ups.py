"""Automatic top-ups: one purchase for each need, whatever the provider does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from connects.acts.purchases import buy as purchases
from connects.acts.purchases import top_up
from connects.acts.staff import moderate as moderation
from connects.billing.port import Unreachable
from connects.billing.stripe_gateway import StripeGateway
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.notices.models import Notice, NoticeEmail
from connects.market.people.models import Account, User
from connects.market.purchases.models import Purchase, TopUp
from connects.statements.notices.table import notice_text
from connects.vocabulary.parties import AccountKind, Role
from tests.acts.money.test_paying_through_stripe import balance, spend
from tests.market.people import registered
from tests.market.providers import paying_through_stripe, taken, with_card
from tests.servers.web_server import StandIn

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def site(settings: LazySettings) -> Iterator[StandIn]:
    with paying_through_stripe(settings) as stand_in, held_at(NOW):
        stand_in.tell("time", now=int(NOW.timestamp()))
        yield stand_in


@pytest.fixture
def ana(site: StandIn) -> Account:
    return registered("ana", AccountKind.FREELANCER, "fair-2026")


def spends(account: Account, credits: int, at: datetime) -> None:
    with held_at(at):
        spend(account, credits, at)
        top_up.schedule_top_up_check(account.pk, balance(account), at)
        run(at)


def test_one_is_in_flight_however_long_the_provider_is_silent(
    site: StandIn, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_card(ana, site)
    top_up.set_top_up(ana, 38, 10, 30_00)
    run(NOW)
    with monkeypatch.context() as patch:
        patch.setattr(StripeGateway, "charge", lambda *_a, **_k: Unreachable("no answer"))
        for hours in range(1, 6):
            spends(ana, 1, NOW + timedelta(hours=hours))

    run(NOW + timedelta(hours=20))

    statuses = Purchase.objects.filter(automatic=True).values_list("status", flat=True)
    assert (list(statuses), balance(ana)) == (["paid"], 45)


def test_a_need_that_is_left_when_the_provider_answers_is_met_then(
    site: StandIn, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_card(ana, site)
    top_up.set_top_up(ana, 38, 10, 30_00)
    run(NOW)
    with monkeypatch.context() as patch:
        patch.setattr(StripeGateway, "charge", lambda *_a, **_k: Unreachable("no answer"))
        for hours in range(1, 4):
            spends(ana, 10, NOW + timedelta(hours=hours))

    with held_at(NOW + timedelta(hours=19)):
        run(NOW + timedelta(hours=19))

    assert Purchase.objects.filter(automatic=True, status="paid").count() == 2
    assert balance(ana) == 40 - 30 + 20


def test_two_workers_at_once_buy_once(
    site: StandIn, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_card(ana, site)
    top_up.set_top_up(ana, 50, 10, 30_00)
    row = TopUp.objects.select_related("account").get()
    charge = StripeGateway.charge
    asked: list[str] = []

    def checked_meanwhile(*args: Any, **kwargs: Any) -> Any:
        if not asked:
            asked.append("once")
            top_up.do_due(NOW, NOW)
        return charge(*args, **kwargs)

    monkeypatch.setattr(StripeGateway, "charge", checked_meanwhile)
    top_up.do_due(row.check_at or NOW, NOW)

    assert Purchase.objects.count() == 1
    assert balance(ana) == 50


def test_the_member_is_told_that_it_was_automatic_and_what_the_ceiling_leaves(
    site: StandIn, ana: Account
) -> None:
    with_card(ana, site)
    top_up.set_top_up(ana, 50, 10, 4_00)
    run(NOW)

    told = Notice.objects.get(code="topped-up")

    assert notice_text(told.code, told.parameters) == (
        "Your auto top-up bought 10 Connects for $1.50, because you had fewer than 50. You now have 50."
        " It may spend $2.50 more this month, of $4.00. You can stop it under Ways to pay."
    )
    emails = NoticeEmail.objects.values_list("event__code", flat=True)
    assert list(emails) == ["topped-up"]


def test_one_that_does_not_fit_waits_and_goes_on_when_there_is_room(site: StandIn) -> None:
    bea = registered("bea", AccountKind.FREELANCER, "upwork-2019-12")
    with_card(bea, site)
    assert isinstance(purchases.order(bea, 80, "a"), Purchase)
    assert isinstance(purchases.order(bea, 40, "b"), Purchase)
    top_up.set_top_up(bea, 139, 10, 30_00)
    spends(bea, 5, NOW + timedelta(hours=1))
    run(NOW + timedelta(days=3))
    assert (TopUp.objects.get().paused, balance(bea)) == ("balance_cap", 135)
    assert Notice.objects.filter(code="top-up-waits").count() == 1

    spends(bea, 5, NOW + timedelta(days=3, hours=1))

    assert (TopUp.objects.get().paused, balance(bea)) == ("", 140)
    assert not Notice.objects.filter(code="top-up-stopped").exists()


def test_nothing_is_bought_for_who_is_suspended(site: StandIn, ana: Account) -> None:
    with_card(ana, site)
    top_up.set_top_up(ana, 50, 10, 30_00)
    moderation.suspend(ana, None, "")
    run(NOW + timedelta(days=2))
    assert balance(ana) == 40

    olga = User.objects.create_user("o@test.example", "Olga", "x", Role.OPERATOR.value)
    assert isinstance(moderation.reinstate(ana, olga, "cleared"), Account)
    run(NOW + timedelta(days=4))

    assert balance(ana) == 50


def test_one_in_flight_is_let_go_when_its_member_is_suspended(
    site: StandIn, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_card(ana, site)
    top_up.set_top_up(ana, 50, 10, 30_00)
    with monkeypatch.context() as patch:
        patch.setattr(StripeGateway, "charge", lambda *_a, **_k: Unreachable("no answer"))
        run(NOW)
    moderation.suspend(ana, None, "")

    run(NOW + timedelta(days=2))

    assert taken(site, Purchase.objects.get().reference) == []
    assert balance(ana) == 40
