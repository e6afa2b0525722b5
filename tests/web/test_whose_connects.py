"""Whose Connects are spent is in sight on every page, and nobody is offered what is not theirs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from connects.acts.memberships.freeze import freeze
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.people.models import Membership
from connects.market.plans.models import Subscription
from connects.vocabulary.parties import Role
from tests.demo.walk import walk
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db

PAGES = ("/work/", "/proposals/", "/membership/", "/notices/", "/help/")


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@pytest.fixture
def member(here: Town) -> Client:
    """Ana, who has a wallet of her own and acts for the agency now."""
    user = here.user_of(here.freelancer)
    Membership.objects.create(user=user, account=here.agency, role=Role.AGENCY_MEMBER.value)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/account/", {"account": here.agency.handle}, follow=True)  # and has read so
    return client


def test_no_page_leads_a_member_of_a_team_to_one_that_is_not_theirs(member: Client) -> None:
    begun_at = "/console/"  # where the walk begins for staff
    lost = [visit.address for visit in walk(member) if visit.status == 404]

    assert lost == [begun_at]


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_who_acts_for_an_agency_reads_on_every_page_that_its_connects_pay(
    here: Town, member: Client, address: str
) -> None:
    page = text_of(member, address)

    assert f"You are acting for {here.agency.name}." in page
    assert "Back to yourself" in page


@pytest.mark.parametrize("address", PAGES)
def test_the_strip_is_gone_as_soon_as_they_act_for_themselves(
    here: Town, member: Client, address: str
) -> None:
    member.post("/account/", {"account": here.freelancer.handle})

    assert "You are acting for" not in text_of(member, address)


def test_an_agency_of_ones_own_needs_no_strip(here: Town) -> None:
    client = Client()
    client.force_login(
        here.user_of(here.agency), backend="django.contrib.auth.backends.ModelBackend"
    )

    assert "You are acting for" not in text_of(client, "/membership/")


@pytest.mark.parametrize("offered", ["Buy Connects", "Compare plans", "Receipts", "Ways to pay"])
def test_a_plain_member_is_not_offered_what_only_owners_and_admins_may(
    here: Town, member: Client, offered: str
) -> None:
    assert offered not in text_of(member, "/membership/")
    member.post("/account/", {"account": here.freelancer.handle})
    assert offered in text_of(member, "/membership/")


def test_a_frozen_plan_is_not_said_to_renew(here: Town) -> None:
    client = Client()
    client.force_login(
        here.user_of(here.agency), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert "<dt>Renews</dt>" in text_of(client, "/membership/")

    assert isinstance(freeze(here.agency), Subscription)

    page = text_of(client, "/membership/")
    assert "<dt>Renews</dt>" not in page
    assert "The plan is frozen" in page


def test_the_switch_says_what_each_account_holds(here: Town, member: Client) -> None:
    page = text_of(member, "/work/")

    panel = page.partition("Who are you acting for?")[2].partition("</form>")[0]
    for account, words in ((here.agency, "agency"), (here.freelancer, "yourself")):
        held = sum(lot.credits for lot in journal().wallet(account.pk).lots)
        assert f"{held} Connect{'' if held == 1 else 's'} · {words}" in panel


def test_the_switch_asks_the_journal_once(
    here: Town, member: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        member.get("/help/")
