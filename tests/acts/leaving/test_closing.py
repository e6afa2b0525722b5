"""An account can be closed: it is said before what that means, and then it is what happens."""

from datetime import timedelta

import pytest
from django.test import Client

from connects.acts.accounts.make_api_key import make_key
from connects.acts.jobs import end
from connects.acts.leaving.close_account import close_account
from connects.acts.purchases import buy as purchases
from connects.acts.staff.moderate import reinstate
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.jobs.models import CloseReason, JobStatus
from connects.market.keys.models import ApiKey
from connects.market.notices.models import AccountEmail
from connects.market.people.models import Account, TeamInvitation, User
from connects.market.trust.models import StaffAct
from connects.vocabulary.refusals import Refused
from tests.acts.leaving.town import closed, signed_in, whole
from tests.market.people import NOON, PASSWORD, Town

pytestmark = pytest.mark.django_db


def test_what_closing_means_is_said_before_with_numbers(here: Town) -> None:
    purchases.order(here.freelancer, 10, "ten")
    make_key(here.user_of(here.freelancer), here.freelancer, "mine")
    page = signed_in(here, here.freelancer).get("/account/close/").content.decode()
    assert "26 Connects, 10 of them bought for $1.50" in page
    assert "1 open proposal: withdrawn" in page
    assert "1 API key: stops working" in page
    page = signed_in(here, here.client).get("/account/close/").content.decode()
    assert "1 open job: closed without hiring. 1 proposal to them" in page
    assert here.freelancer.closed is None
    end.close(here.proposal.job, here.client, CloseReason.NOT_HIRING)
    page = signed_in(here, here.freelancer).get("/account/close/").content.decode()
    assert "open proposal" not in page  # the letter waits for nobody once its job has ended


def test_closing_takes_a_tick_and_then_ends_everything(here: Town) -> None:
    make_key(here.user_of(here.freelancer), here.freelancer, "mine")
    user = here.user_of(here.freelancer)
    client = signed_in(here, here.freelancer)
    assert client.post("/account/close/").status_code == 409
    page = client.post("/account/close/", {"sure": "1"}, follow=True)

    assert b"Ana is closed" in page.content
    here.proposal.refresh_from_db()
    assert here.proposal.status == "withdrawn"
    assert ApiKey.objects.get().revoked is not None
    assert client.get("/account/security/").status_code == 302
    user.refresh_from_db()
    assert (user.is_active, user.email) == (False, f"closed-{user.pk}@closed.invalid")
    told = AccountEmail.objects.get(kind="closed")
    assert told.to == "ana@test.example"
    assert [act.act for act in StaffAct.objects.all()] == ["close-account"]
    assert journal().wallet(here.freelancer.pk).balance == 16
    assert whole()


def test_each_is_told_in_their_own_language_whoever_closed_it(here: Town) -> None:
    User.objects.filter(memberships__account=here.freelancer).update(language="es")
    closed(here.freelancer)
    told = AccountEmail.objects.get(kind="closed")
    assert any("1 propuesta abierta" in line for line in told.parameters["lines"])


def test_a_client_s_open_jobs_give_back_by_the_rules(here: Town) -> None:
    closed(here.client)
    run(NOON)
    here.job.refresh_from_db()
    assert here.job.status == JobStatus.CLOSED
    assert journal().wallet(here.freelancer.pk).balance == 20
    assert whole()


def test_an_offer_is_declined_when_who_got_it_leaves(here: Town) -> None:
    from connects.acts.proposals.offer import make_offer

    make_offer(here.proposal, here.client)
    closed(here.freelancer)
    here.proposal.refresh_from_db()
    assert here.proposal.status != "offered"


def test_who_acts_for_another_account_goes_on_with_that(here: Town) -> None:
    from connects.acts.accounts.register import join
    from connects.vocabulary.parties import Role

    user = here.user_of(here.freelancer)
    join(user, here.stranger, Role.CLIENT)
    client = signed_in(here, here.freelancer)
    client.post("/account/close/", {"sure": "1"})
    user.refresh_from_db()
    assert user.is_active
    assert client.get("/posts/new/").status_code == 200
    assert client.get("/membership/").status_code == 404


def test_one_who_left_can_come_back_as_a_newcomer(here: Town) -> None:
    closed(here.freelancer)
    form = {
        "kind": "freelancer",
        "name": "Ana",
        "email": "ana@test.example",
        "password": PASSWORD,
    }
    Client().post("/sign-up/", form)
    client = Client()
    client.post("/sign-in/", {"username": "ana@test.example", "password": PASSWORD})
    client.post(AccountEmail.objects.get(kind="confirm").link)
    assert Account.objects.filter(name="Ana").count() == 2


def test_an_account_with_earnings_or_a_payment_under_way_is_not_closed(here: Town) -> None:
    from connects.market.earnings.models import EarningsBalance

    EarningsBalance.objects.update_or_create(account=here.freelancer, defaults={"cents": 500})
    answer = close_account(here.freelancer, None, "")
    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "earnings_left"
    page = signed_in(here, here.freelancer).get("/account/close/")
    assert b"earnings left" in page.content


def test_a_closed_account_is_not_reinstated_nor_closed_twice(here: Town) -> None:
    closed(here.freelancer)
    again = close_account(here.freelancer, None, "")
    assert isinstance(again, Refused)
    refused = reinstate(here.freelancer, here.operator, "please")
    assert isinstance(refused, Refused)
    assert refused.parameters["problem"] == "closed"


def test_a_month_later_nothing_is_charged_and_the_books_agree(here: Town) -> None:
    closed(here.freelancer)
    with held_at(NOON + timedelta(days=40)):
        run(NOON + timedelta(days=40))
    assert whole()


@pytest.mark.parametrize("who", ["agency", "freelancer"])
def test_an_invitation_into_a_team_ends_with_either_side(here: Town, who: str) -> None:
    invitation = TeamInvitation.objects.create(
        agency=here.agency,
        account=here.freelancer,
        role="agency-member",
        invited=NOON,
        expires=NOON + timedelta(days=7),
    )
    closed(getattr(here, who))
    invitation.refresh_from_db()
    assert invitation.state == "withdrawn"
