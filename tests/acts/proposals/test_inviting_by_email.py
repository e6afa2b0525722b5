"""Whoever reads an address can be invited, and the inviter does not learn whether they are here."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connects.acts.accounts.sign_up import SignUpRequest, confirm_own_address, sign_up
from connects.acts.jobs.end import close
from connects.acts.leaving.erase_account import erase_account
from connects.acts.proposals.invite_by_email import (
    Target,
    finish_sign_up,
    forget_old_invitations,
    invitation_of,
    invite_by_email,
    leave_address_alone,
    token_of,
    withdraw_email_invitation,
)
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import CloseReason
from connects.market.notices.models import AccountEmail
from connects.market.people.models import Account, InvitationState, TeamInvitation, User
from connects.market.profiles.invited import e_mail_invitations, invitations_to
from connects.market.profiles.models import EmailInvitation
from connects.market.proposals.models import Invitation
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, registered, town

pytestmark = pytest.mark.django_db

NEW = "New@Some.Example"


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def invited(here: Town, email: str) -> EmailInvitation:
    target = Target(by=here.client, job=here.job)
    answer = invite_by_email(email, target, here.user_of(here.client))
    assert isinstance(answer, EmailInvitation), answer
    return answer


def into_team(here: Town, email: str, role: Role = Role.AGENCY_MEMBER) -> EmailInvitation:
    target = Target(by=here.agency, role=role)
    answer = invite_by_email(email, target, here.user_of(here.agency))
    assert isinstance(answer, EmailInvitation), answer
    return answer


def signs_up(email: str, kind: AccountKind = AccountKind.FREELANCER) -> Account:
    request = SignUpRequest(
        name="Newcomer", kind=kind, email=email, password="four calm words here"
    )
    sign_up(request, NOON)
    user = User.objects.get(email=email.lower())
    confirm_own_address(user)
    account = finish_sign_up(user)
    assert isinstance(account, Account), account
    return account


def test_who_is_not_here_gets_an_e_mail_with_a_link(here: Town) -> None:
    invitation = invited(here, NEW)

    email = AccountEmail.objects.get(kind="invited")
    assert (email.to, email.user) == ("new@some.example", None)
    assert email.parameters == {"by": "Acme", "job": "Draw a logo"}
    token = email.link.removeprefix("/invited/").removesuffix("/")
    assert invitation_of(token, NOON) == invitation


def test_who_is_here_gets_the_invitation_in_their_account(here: Town) -> None:
    registered("ben", AccountKind.FREELANCER)

    invited(here, "BEN@test.example")

    assert Invitation.objects.get().account.handle == "ben"
    assert not AccountEmail.objects.filter(kind="invited").exists()


def test_the_inviter_sees_the_same_for_both(here: Town) -> None:
    registered("ben", AccountKind.FREELANCER)
    for email in ("ben@test.example", NEW):
        invited(here, email)

    listed = e_mail_invitations(here.client, here.job, NOON)

    assert {row.email for row in listed} == {"ben@test.example", "new@some.example"}
    assert invitations_to(here.job) == []


def test_what_stands_against_a_person_is_not_told(here: Town) -> None:
    """Ana's account is suspended, Other is a client: to invite them looks like anybody else."""
    Account.objects.filter(pk=here.freelancer.pk).update(suspended=NOON)

    for email in ("ana@test.example", "other@test.example"):
        assert invited(here, email).email == email


def test_the_invitation_is_theirs_once_they_confirm_the_address(here: Town) -> None:
    invited(here, NEW)
    into_team(here, NEW, Role.AGENCY_ADMIN)
    assert not Invitation.objects.exists()

    account = signs_up(NEW)

    assert Invitation.objects.get().account == account
    team = TeamInvitation.objects.get()
    assert (team.account, team.role) == (account, Role.AGENCY_ADMIN)
    assert not EmailInvitation.objects.filter(account=None).exists()


def test_another_address_gets_nothing_of_it(here: Town) -> None:
    invited(here, NEW)

    signs_up("newer@some.example")

    assert not Invitation.objects.exists()


def test_an_unconfirmed_sign_up_gets_nothing_yet(here: Town) -> None:
    request = SignUpRequest(
        name="Newcomer", kind=AccountKind.FREELANCER, email=NEW, password="four calm words here"
    )
    sign_up(request, NOON)

    invited(here, NEW)

    assert finish_sign_up(User.objects.get(email=NEW.lower())) is None
    assert not Invitation.objects.exists()
    assert AccountEmail.objects.filter(kind="invited").exists()


def test_who_signs_up_as_a_client_is_not_invited_to_propose(here: Town) -> None:
    invited(here, NEW)

    signs_up(NEW, AccountKind.CLIENT)

    assert not Invitation.objects.exists()


def test_a_job_that_closed_meanwhile_takes_nobody(here: Town) -> None:
    invited(here, NEW)
    close(here.job, here.client, CloseReason.NOT_HIRING)

    signs_up(NEW)

    assert not Invitation.objects.exists()


def test_inviting_again_changes_nothing_and_writes_nothing(here: Town) -> None:
    first = invited(here, NEW)

    assert invited(here, f" {NEW.upper()} ") == first
    into_team(here, NEW)

    assert AccountEmail.objects.filter(kind="invited").count() == 1, "one a day for an address"


@pytest.mark.parametrize(
    "email", ["", "ana", "a b@c.example", "@", "a@b", "x" * 300 + "@c.example"]
)
def test_what_is_no_address_is_refused(here: Town, email: str) -> None:
    answer = invite_by_email(email, Target(by=here.client, job=here.job), here.user_of(here.client))

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == Problem.NOT_AN_EMAIL


def test_nobody_invites_their_own_address(here: Town) -> None:
    answer = invite_by_email(
        "acme@test.example", Target(by=here.client, job=here.job), here.user_of(here.client)
    )

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == Problem.SELF_INVITATION


def test_others_jobs_and_teams_invite_nobody(here: Town) -> None:
    user = here.user_of(here.stranger)

    for target in (Target(by=here.stranger, job=here.job), Target(by=here.agency)):
        assert isinstance(invite_by_email(NEW, target, user), Refused)
    assert list(EmailInvitation.objects.values_list("email", "by__handle", "account__handle")) == []


def test_there_are_thirty_a_day(here: Town) -> None:
    for number in range(30):
        invited(here, f"p{number}@some.example")

    answer = invite_by_email(NEW, Target(by=here.client, job=here.job), here.user_of(here.client))

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == Problem.TOO_MANY_INVITATIONS
    assert answer.retry_after_seconds == 24 * 60 * 60


def test_who_asks_to_be_left_alone_is(here: Town) -> None:
    leave_address_alone(invited(here, NEW), NOON)
    AccountEmail.objects.all().delete()

    into_team(here, NEW)

    assert not AccountEmail.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a:b:c"])
def test_a_link_that_we_did_not_sign_leads_nowhere(here: Town, token: str) -> None:
    assert invitation_of(token, NOON) is None


def test_an_invitation_is_over_after_thirty_days(here: Town) -> None:
    token = token_of(invited(here, NEW))
    later = NOON + timedelta(days=30)

    assert invitation_of(token, later) is None
    assert e_mail_invitations(here.client, here.job, later) == []
    assert forget_old_invitations(later + timedelta(seconds=1)) == 1


def test_who_was_passed_on_stays_unnamed_however_old_it_is(here: Town) -> None:
    registered("ben", AccountKind.FREELANCER)
    invited(here, "ben@test.example")

    forget_old_invitations(NOON + timedelta(days=90))

    assert invitations_to(here.job) == []


@pytest.mark.parametrize("email", ["ana@test.example", NEW])
def test_an_invitation_into_a_team_is_taken_back_alike(here: Town, email: str) -> None:
    owner = here.user_of(here.agency)
    invitation = into_team(here, email)

    taken = withdraw_email_invitation(here.agency, invitation.pk, owner)

    assert isinstance(taken, EmailInvitation)
    assert e_mail_invitations(here.agency, None, NOON) == []
    assert not TeamInvitation.objects.filter(state=InvitationState.OPEN).exists()
    assert isinstance(withdraw_email_invitation(here.agency, invitation.pk, owner), Refused)


def test_erasing_forgets_the_addresses_on_both_sides(here: Town) -> None:
    invited(here, NEW)
    into_team(here, "ana@test.example")

    erase_account(here.client, here.operator, "asked by letter")
    erase_account(here.freelancer, here.operator, "asked by letter")

    assert list(EmailInvitation.objects.values_list("email", "by__handle", "account__handle")) == []
