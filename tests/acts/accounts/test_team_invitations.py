"""Nobody is put into a team unasked, and an admin gives nobody more than the owner gave the admin."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from connects.acts.accounts import team
from connects.acts.accounts.invite_to_team import (
    answer_team_invitation,
    invite_to_team,
    team_invitations_to,
    withdraw_team_invitation,
)
from connects.acts.accounts.leave_team import leave_team
from connects.acts.accounts.register import join
from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.staff import moderate as moderation
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.notices.models import Notice
from connects.market.people.models import Account, Membership, TeamInvitation, User
from connects.statements.notices.table import notice_text
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Iterator[Account]:
    with held_at(NOON):
        yield registered("ana", AccountKind.FREELANCER)


@pytest.fixture
def studio(ana: Account) -> Account:
    return registered("studio", AccountKind.AGENCY)


@pytest.fixture
def owner(studio: Account) -> User:
    return User.objects.get(memberships__account=studio)


@pytest.fixture
def admin(studio: Account) -> User:
    """Someone whom the owner made an admin who spends at most twenty a month."""
    ada = registered("ada", AccountKind.FREELANCER)
    team.join_team(ada, studio, Role.AGENCY_ADMIN)
    set_member_terms(studio, ada, 20, may_spend=True)
    return User.objects.get(memberships__account=ada)


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def acts_for(account: Account, agency: Account) -> bool:
    people = User.objects.filter(memberships__account=account)
    return Membership.objects.filter(account=agency, user__in=people).exists()


def test_an_invited_freelancer_is_in_the_team_once_they_accept(
    ana: Account, studio: Account, owner: User
) -> None:
    asked = client_of(owner).post("/team/invite/", {"handle": "ana"})
    assert asked.status_code == 302
    assert not acts_for(ana, studio)
    run(NOON)
    told = Notice.objects.get(account=ana, code="team-invited")
    assert "Studio invites you to its team as a member" in notice_text(told.code, told.parameters)

    page = client_of(User.objects.get(email="ana@test.example"))
    assert "Join Studio" in page.get("/invitations/").content.decode()
    page.post("/invitations/team/", {"act": "accept", "handle": "studio"})
    run(NOON)

    assert acts_for(ana, studio)
    assert [row.account for row in team.team_of(studio)] == [ana]
    answered = Notice.objects.get(account=studio, code="team-invitation-answered")
    assert notice_text(answered.code, answered.parameters) == ("Ana accepted your invitation.")


def test_who_declines_or_waits_too_long_is_not_in_it(
    ana: Account, studio: Account, owner: User
) -> None:
    invite_to_team(ana, studio, Role.AGENCY_MEMBER, owner)
    assert isinstance(answer_team_invitation(studio, ana, accepts=False), TeamInvitation)
    assert problem(answer_team_invitation(studio, ana, accepts=True)) == "not_invited_to_team"
    invite_to_team(ana, studio, Role.AGENCY_MEMBER, owner)
    with held_at(NOON + timedelta(days=14)):
        assert team_invitations_to(ana, NOON + timedelta(days=14)) == []
        assert problem(answer_team_invitation(studio, ana, accepts=True)) == "not_invited_to_team"

    assert not acts_for(ana, studio)


def test_an_invitation_is_made_once_and_can_be_taken_back(
    ana: Account, studio: Account, owner: User
) -> None:
    first = invite_to_team(ana, studio, Role.AGENCY_MEMBER, owner)
    assert invite_to_team(ana, studio, Role.AGENCY_ADMIN, owner) == first
    client_of(owner).post("/team/", {"act": "uninvite", "handle": "ana"})

    assert problem(answer_team_invitation(studio, ana, accepts=True)) == "not_invited_to_team"
    assert problem(withdraw_team_invitation(studio, ana, owner)) == "not_invited_to_team"


def test_the_suspended_neither_invite_nor_join(ana: Account, studio: Account, owner: User) -> None:
    invite_to_team(ana, studio, Role.AGENCY_MEMBER, owner)
    ana = moderation.suspend(ana, None, "spam")  # type: ignore[assignment]
    assert problem(answer_team_invitation(studio, ana, accepts=True)) == "suspended"
    studio = moderation.suspend(studio, None, "spam")  # type: ignore[assignment]
    assert problem(invite_to_team(ana, studio, Role.AGENCY_MEMBER, owner)) == "suspended"


def test_an_admin_looks_after_members_and_the_owner_after_admins(
    ana: Account, studio: Account, owner: User, admin: User
) -> None:
    eve = registered("eve", AccountKind.FREELANCER)
    team.join_team(eve, studio, Role.AGENCY_ADMIN)
    ada = Account.objects.get(handle="ada")

    assert problem(invite_to_team(ana, studio, Role.AGENCY_ADMIN, admin)) == "owner_only"
    for colleague in (eve, ada):
        terms = set_member_terms(studio, colleague, None, may_spend=True, by=admin)
        assert problem(terms) == "owner_only"
        assert problem(leave_team(colleague, studio, admin)) == "owner_only"
    team.join_team(ana, studio)
    for most in (None, 21):
        terms = set_member_terms(studio, ana, most, may_spend=True, by=admin)
        assert problem(terms) == "above_own_limit"
    assert isinstance(set_member_terms(studio, ana, 20, may_spend=True, by=admin), Account)
    assert isinstance(set_member_terms(studio, ada, None, may_spend=True, by=owner), Account)
    assert isinstance(leave_team(ana, studio, admin), Account)
    stranger = User.objects.create_user("stranger@test.example", "Stranger", None)
    join(stranger, registered("other", AccountKind.AGENCY), Role.AGENCY_OWNER)
    assert problem(invite_to_team(ana, studio, Role.AGENCY_MEMBER, stranger)) == "owner_only"


def test_the_agencys_own_limit_is_its_owners(studio: Account, owner: User, admin: User) -> None:
    page = client_of(admin)
    page.post("/account/", {"account": "studio"})

    assert page.post("/membership/limit/", {"most": "1000"}).status_code == 404
    assert client_of(owner).post("/membership/limit/", {"most": "50"}).status_code == 302
    studio.refresh_from_db()
    assert studio.spends_most == 50
