"""What Membership says of a month that is not paid: declined or not answered yet; and of each new try."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.money.request_payment import payer_of
from connects.acts.money.save_method import set_method
from connects.acts.purchases import change_plan
from connects.acts.purchases.retry_renewal import Retried
from connects.billing.test_method import Behaviour
from connects.bootstrap.clock import held_at
from connects.bootstrap.providers import pretended_payments
from connects.due.run import run
from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.vocabulary.parties import AccountKind
from tests.market.people import registered
from tests.web.signed_in import browser

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 4, 1, tzinfo=UTC)
RENEWS = datetime(2026, 5, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAILED = "The payment for this month failed"
UNANSWERED = "The payment for this month has no answer yet"


@pytest.fixture
def payers() -> Iterator[dict[str, Behaviour]]:
    with pretended_payments() as behaviours:
        yield behaviours


@pytest.fixture
def ana(payers: dict[str, Behaviour]) -> Account:
    """A member of Plus, which renews on 1 May; three tries in a week."""
    with held_at(BEGAN):
        account = registered("ana", AccountKind.FREELANCER, "fair-2026")
        change_plan.subscribe(account, "plus", "first")
        set_method(account)
    return account


def renewed(account: Account, behaviour: Behaviour, payers: dict[str, Behaviour]) -> None:
    payers[payer_of(account).reference] = behaviour
    with held_at(RENEWS):
        run(RENEWS)


def page_at(account: Account, at: datetime) -> str:
    with held_at(at):
        return browser(account).get("/membership/").content.decode()


def tried_again(account: Account, at: datetime) -> str:
    with held_at(at):
        answer = browser(account).post("/membership/pay-again/", follow=True)
    return answer.content.decode()


def test_a_declined_payment_is_called_failed_with_both_of_its_dates(
    ana: Account, payers: dict[str, Behaviour]
) -> None:
    renewed(ana, Behaviour.DECLINES, payers)
    page = page_at(ana, RENEWS + HOUR)

    assert FAILED in page
    assert UNANSWERED not in page
    assert "4 May 2026, 12:00 UTC" in page
    assert "8 May 2026, 00:00 UTC" in page


@pytest.mark.parametrize("tries", [0, 1])
def test_a_payment_without_an_answer_is_never_called_failed(
    ana: Account, payers: dict[str, Behaviour], tries: int
) -> None:
    if tries:
        renewed(ana, Behaviour.DECLINES, payers)
    payers[payer_of(ana).reference] = Behaviour.SILENT
    at = RENEWS + timedelta(days=4 * tries)
    with held_at(at):
        run(at)
    assert Subscription.objects.get(account=ana).tries == tries
    page = page_at(ana, at)

    assert UNANSWERED in page
    assert FAILED not in page
    assert "Meanwhile you keep Plus" in page


SAID = {
    Retried.NOTHING_TO_TRY: (None, Behaviour.ANSWERS, "There is no failed payment to try again."),
    Retried.PAID: (
        Behaviour.DECLINES,
        Behaviour.ANSWERS,
        "The payment went through, so your membership goes on.",
    ),
    Retried.FAILED: (Behaviour.DECLINES, Behaviour.DECLINES, "The payment failed again."),
    Retried.NO_ANSWER: (
        Behaviour.SILENT,
        Behaviour.SILENT,
        "We have no answer to the payment yet. We will ask again soon.",
    ),
    Retried.ENDED: (
        Behaviour.DECLINES,
        Behaviour.DECLINES,
        "The payment failed for the last time, so your membership has ended.",
    ),
}


@pytest.mark.parametrize("became", Retried)
def test_the_page_says_what_became_of_a_new_try_and_nothing_else(
    ana: Account, payers: dict[str, Behaviour], became: Retried
) -> None:
    first, then, sentence = SAID[became]
    at = RENEWS + HOUR
    if first is not None:
        renewed(ana, first, payers)
    else:
        at = BEGAN + HOUR
    if became is Retried.ENDED:
        run(RENEWS + timedelta(days=6))
        at = RENEWS + timedelta(days=9)  # and the worker was down since
    payers[payer_of(ana).reference] = then

    page = tried_again(ana, at)

    assert [each for _, _, each in SAID.values() if each in page] == [sentence]
    is_plus = Subscription.objects.get(account=ana).plan == "plus"
    assert is_plus is (became is not Retried.ENDED)


def test_who_may_not_pay_for_the_agency_is_told_but_offered_no_try(
    payers: dict[str, Behaviour],
) -> None:
    with held_at(BEGAN):
        agency = registered("studio", AccountKind.AGENCY, "fair-2026")
        change_plan.subscribe(agency, "plus", "first")
        set_method(agency)
    renewed(agency, Behaviour.DECLINES, payers)
    assert "Try it again now" in page_at(agency, RENEWS)
    agency.memberships.update(role="agency-member")

    page = page_at(agency, RENEWS)

    assert FAILED in page
    assert "Try it again now" not in page
