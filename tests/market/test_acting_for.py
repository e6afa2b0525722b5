"""Who acts for what: a person's accounts, which of them is chosen, and what an agency's admins may."""

import pytest

from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.accounts.team import join_team
from connects.bootstrap.clock import held_at
from connects.market.people.acting_for import accounts_of, acting_account
from connects.market.people.lists import ACCOUNTS
from connects.market.people.models import Account, Membership, User
from connects.market.people.own_accounts import own_account_problem
from connects.market.people.selectors import account_named, accounts_with_wallets
from connects.market.people.standing import closed_problem, suspended_problem
from connects.market.people.team_roles import limit_problem, managing_problem, role_in
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.listed import listed
from tests.market.people import NOON, Town, registered, town

pytestmark = pytest.mark.django_db

OWNER, ADMIN, MEMBER = Role.AGENCY_OWNER, Role.AGENCY_ADMIN, Role.AGENCY_MEMBER


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def act_for(user: User, account: Account, role: Role) -> None:
    Membership.objects.create(user=user, account=account, role=role.value)


def test_a_person_acts_for_the_account_that_was_chosen_or_the_first(here: Town) -> None:
    ana = here.user_of(here.freelancer)
    act_for(ana, here.agency, MEMBER)

    def chosen(handle: str | None) -> str:
        acting = acting_account(ana, handle)
        assert acting is not None
        return acting.account.handle

    assert [acting.account.handle for acting in accounts_of(ana)] == ["ana", "studio"]
    assert (chosen("studio"), chosen("ana")) == ("studio", "ana")
    assert chosen(None) == chosen("acme") == chosen("nobody") == "ana"
    assert acting_account(here.operator, "ana") is None


@pytest.mark.parametrize(
    ("role", "may_buy"),
    [
        (Role.FREELANCER, True),
        (OWNER, True),
        (ADMIN, True),
        (MEMBER, False),
        (Role.CLIENT, False),
    ],
)
def test_only_who_answers_for_an_account_buys_for_it(here: Town, role: Role, may_buy: bool) -> None:
    user = User.objects.create_user("new@test.example", "New", None)
    act_for(user, here.agency, role)

    assert accounts_of(user)[0].may_buy is may_buy


def test_clients_hold_no_wallet(here: Town) -> None:
    assert not accounts_of(here.user_of(here.client))[0].holds_wallet
    assert accounts_of(here.user_of(here.client))[0].is_client
    assert list(accounts_with_wallets()) == sorted([here.freelancer.pk, here.agency.pk])


def test_accounts_are_listed_by_name_and_found_by_a_part_of_it(here: Town) -> None:
    by_name = [row.name for row in listed(ACCOUNTS, sort="name")]
    assert by_name == ["Acme", "Ana", "Other", "Studio"]
    assert [row.name for row in listed(ACCOUNTS, q="AN")] == ["Ana"]
    assert listed(ACCOUNTS, q="%") == []
    assert [row.name for row in listed(ACCOUNTS, email="Ana@test.example")] == ["Ana"]
    assert account_named("ana") == here.freelancer
    assert account_named("ANA") is None


@pytest.mark.parametrize(
    ("by", "colleague", "may"),
    [
        (OWNER, OWNER, True),
        (OWNER, ADMIN, True),
        (OWNER, MEMBER, True),
        (ADMIN, MEMBER, True),
        (ADMIN, ADMIN, False),
        (ADMIN, OWNER, False),
        (MEMBER, MEMBER, False),
        (Role.CLIENT, MEMBER, False),
    ],
)
def test_an_admin_looks_after_members_and_the_owner_after_everyone(
    here: Town, by: Role, colleague: Role, may: bool
) -> None:
    user = User.objects.create_user("new@test.example", "New", None)
    act_for(user, here.agency, by)

    assert role_in(here.agency, user) is by
    assert (managing_problem(here.agency, user, colleague) is None) is may


def test_who_does_not_act_for_an_agency_manages_nobody_there(here: Town) -> None:
    user = here.user_of(here.freelancer)

    assert role_in(here.agency, user) is None
    assert managing_problem(here.agency, user, MEMBER) is not None
    assert managing_problem(here.agency, None, OWNER) is None, "the marketplace itself may"


@pytest.mark.parametrize(
    ("own", "given", "may"),
    [(10, 10, True), (10, 11, False), (10, None, False), (None, None, True), (None, 10**6, True)],
)
def test_an_admin_gives_at_most_what_the_owner_gave_them(
    here: Town, own: int | None, given: int | None, may: bool
) -> None:
    owner = here.user_of(here.agency)
    with held_at(NOON):
        join_team(here.freelancer, here.agency, ADMIN)
        set_member_terms(here.agency, here.freelancer, own, may_spend=True)
    admin = here.user_of(here.freelancer)

    assert (limit_problem(here.agency, admin, given, may_spend=True) is None) is may
    assert limit_problem(here.agency, admin, None, may_spend=False) is None
    assert limit_problem(here.agency, owner, None, may_spend=True) is None


def test_an_admin_who_may_not_spend_lets_nobody_spend(here: Town) -> None:
    with held_at(NOON):
        join_team(here.freelancer, here.agency, ADMIN)
        set_member_terms(here.agency, here.freelancer, None, may_spend=False)
    refused = limit_problem(here.agency, here.user_of(here.freelancer), 1, may_spend=True)

    assert isinstance(refused, Refused)
    assert refused.parameters["most"] == 0


@pytest.mark.parametrize(("role", "gains"), [(OWNER, True), (ADMIN, True), (MEMBER, False)])
def test_who_runs_an_agency_stands_on_its_side_and_a_mere_member_does_not(
    here: Town, role: Role, gains: bool
) -> None:
    act_for(here.user_of(here.client), here.agency, role)

    found = own_account_problem(here.client.pk, here.agency)
    assert (found is not None) is gains


def test_who_presses_the_button_or_sends_it_stands_on_that_side_too(here: Town) -> None:
    user = here.user_of(here.client)
    act_for(user, here.agency, MEMBER)

    assert own_account_problem(here.client.pk, here.agency, member=user) is not None
    act_for(user, here.freelancer, Role.FREELANCER)
    assert own_account_problem(here.client.pk, here.agency, here.freelancer) is not None
    assert own_account_problem(here.stranger.pk, here.agency, here.freelancer) is None


def test_standing_is_told_as_a_refusal(here: Town) -> None:
    with held_at(NOON):
        ben = registered("ben", AccountKind.FREELANCER)
    assert suspended_problem(ben) is None
    assert closed_problem(ben) is None
    ben.suspended = ben.closed = NOON

    for found, problem in ((suspended_problem(ben), "suspended"), (closed_problem(ben), "closed")):
        assert found is not None
        assert found.parameters["problem"] == problem
