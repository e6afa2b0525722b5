"""What was paid for, or granted once, is never cut: what does not fit waits for room."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from connects.acts.credits import deliver_waiting
from connects.acts.money import move_earnings as earnings
from connects.acts.purchases import change_plan as plans
from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.ledger.lots import LotKind
from connects.market.books.reading import standing_by_rows
from connects.market.corrections.models import Correction
from connects.market.grants.models import WaitingConnects
from connects.market.notices.models import Notice
from connects.market.people.models import Account, User
from connects.market.plans.models import PlanPayment, Subscription
from connects.scenarios.play import play
from connects.scenarios.story import read_story
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.acts.money.test_paying_through_stripe import balance, spend
from tests.architecture.sources import ROOT
from tests.market.people import posted, proposed, registered

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 5, 1, 9, tzinfo=UTC)
MONTH = datetime(2018, 6, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def ana() -> Account:
    """On Plus of 2018: 70 Connects, at most 350 may be held."""
    with held_at(NOW):
        account = registered("ana", AccountKind.FREELANCER, "upwork-2018")
        earnings.credit(account, 100_00, "earned")
        assert isinstance(plans.subscribe(account, "plus", "first", "earnings"), plans.PlanChanged)
    return account


def filled(account: Account, up_to: int, at: datetime) -> None:
    with held_at(at):
        missing = up_to - balance(account)
        assert isinstance(
            grant_courtesy.grant(account, missing, "test", None, f"fill {at}"), Correction
        )


def run_until(moment: datetime) -> None:
    with held_at(moment):
        run(moment)


def codes() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("code", flat=True))


def waiting_rest(account: Account, credits: int, until: datetime) -> None:
    """As a renewal leaves it that found no room."""
    payment = PlanPayment.objects.get()
    rest = deliver_waiting.Rest(
        account=account.pk,
        kind=LotKind.PLAN,
        credits=credits,
        key="cycle:test:connects",
        reference="cycle:test",
        until=until,
        payment=payment.reference,
    )
    deliver_waiting.hold_for_room([rest], NOW)


def test_a_paid_month_that_finds_no_room_waits_and_comes_as_it_appears(ana: Account) -> None:
    filled(ana, 350, NOW + HOUR)
    waiting_rest(ana, 30, MONTH)
    with held_at(NOW + 2 * HOUR):
        client = registered("acme", AccountKind.CLIENT)
        run(NOW + 2 * HOUR)
        assert balance(ana) == 350
        proposed(posted(client), ana)
        run(NOW + 2 * HOUR)

    row = WaitingConnects.objects.get()
    assert (balance(ana), row.credits) == (350, 28)
    assert [lot.credits for lot in journal().wallet(ana.pk).lots if lot.number in row.lots] == [2]
    assert codes()[-1] == "waiting-connects"
    assert Notice.objects.last().parameters["left"] == 28  # type: ignore[union-attr]


def test_what_waited_for_its_whole_month_is_lost_and_said(ana: Account) -> None:
    filled(ana, 350, NOW + HOUR)
    waiting_rest(ana, 30, NOW + timedelta(days=2))

    run_until(NOW + timedelta(days=3))

    assert balance(ana) == 350
    assert deliver_waiting.waiting_for(ana.pk) == []
    assert codes()[-1] == "waiting-connects-lapsed"
    run_until(NOW + timedelta(days=5))
    assert codes().count("waiting-connects-lapsed") == 1


def test_an_expiry_makes_room_at_its_instant(ana: Account) -> None:
    with held_at(NOW + HOUR):
        grant_courtesy.grant(
            ana, 350 - balance(ana), "test", None, "short", NOW + timedelta(days=1, hours=5)
        )
    waiting_rest(ana, 30, MONTH)

    run_until(NOW + timedelta(days=1, hours=5))

    assert balance(ana) == 70 + 30


def test_a_renewal_is_paid_whole_and_the_rest_comes_within_its_month(tmp_path: Path) -> None:
    """Under a rule book whose months pile up to its limit."""
    text = (ROOT / "policies" / "upwork-2018.toml").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("rolls_over")]
    book = "\n".join(lines).replace('"upwork-2018"', '"piling"', 1)
    (tmp_path / "piling.toml").write_text(book)
    (tmp_path / "story.toml").write_text(PILING)

    assert play(read_story(tmp_path / "story.toml")) == ()


PILING = """
title = "A paid month that does not fit comes as room appears"
policy = "piling"
policies = ["./piling.toml"]

[[step]]
at = 2018-05-01T09:00:00Z
register = { account = "ana", kind = "freelancer" }

[[step]]
register = { account = "acme", kind = "client" }

[[step]]
subscribe = { account = "ana", plan = "plus" }

[[step]]
grant = { account = "ana", credits = 278, reason = "many" }

[[step]]
expect = { account = "ana", balance = 348 }

# 70 were paid for: two fit, 68 wait.
[[step]]
at = 2018-06-01T09:00:00Z
expect = { account = "ana", balance = 350, plan = "plus" }

[[step]]
post = { job = "logo", client = "acme", kind = "fixed", budget = 300 }

[[step]]
propose = { job = "logo", account = "ana" }

[[step]]
at = 2018-06-01T09:00:01Z
expect = { account = "ana", balance = 350, spent = 2 }

[[step]]
expect = { ledger = { balanced = true } }

# What found no room in its month is lost; the next one waits in its turn.
[[step]]
at = 2018-07-01T09:00:00Z
expect = { account = "ana", balance = 350 }
"""


def test_a_plan_that_was_paid_while_its_room_went_is_delivered_as_room_appears() -> None:
    with held_at(NOW):
        bea = registered("bea", AccountKind.FREELANCER, "upwork-2018")
        earnings.credit(bea, 100_00, "earned")
        offer = plans.quote(bea, "plus")
        assert not isinstance(offer, Refused)
        payment = PlanPayment.objects.create(
            account=bea,
            key="k",
            plan="plus",
            title="Plus",
            connects=offer.connects,
            new_cycle=False,
            price_cents=offer.price.cents,
            currency="USD",
            method="earnings",
            provider="earnings",
            rule_book="upwork-2018@1",
            ordered=NOW,
        )
    filled(bea, 345, NOW)
    with held_at(NOW + HOUR):
        answer = plans.continue_plan_payment(payment, NOW + HOUR)
        assert not isinstance(answer, Refused), answer
        assert (answer.status, balance(bea)) == ("paid", 350)
        (rest,) = deliver_waiting.waiting_for(bea.pk)
        assert (rest.credits, rest.until) == (5, Subscription.objects.get(account=bea).renews)
        spend(bea, 3, NOW + 2 * HOUR)
        deliver_waiting.schedule_delivery_check([bea.pk], NOW + 2 * HOUR)
        run(NOW + 2 * HOUR)

    assert balance(bea) == 350
    standing_by_rows()


def test_a_plan_for_which_an_order_holds_the_room_is_refused(ana: Account) -> None:
    with held_at(NOW):
        bea = registered("bea", AccountKind.FREELANCER, "upwork-2018")
        earnings.credit(bea, 100_00, "earned")
    filled(bea, 341, NOW)

    with held_at(NOW):
        answer = plans.subscribe(bea, "plus", "k", "earnings")

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.BALANCE_CAP
    assert answer.parameters["room"] == 9
    assert not PlanPayment.objects.filter(account=bea).exists()


def test_the_membership_page_says_what_waits(ana: Account) -> None:
    filled(ana, 350, NOW + HOUR)
    waiting_rest(ana, 30, MONTH)
    browser = Client()
    user = User.objects.get(memberships__account=ana)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    with held_at(NOW + HOUR):
        answer = browser.get("/membership/")

    assert b"30 Connects wait for room" in answer.content
