"""Nobody proposes to a post of an account that they act for, or earns from one."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.accounts import team
from connects.acts.accounts.register import join
from connects.acts.proposals import client_acts, offer
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.quote import quote
from connects.acts.proposals.submission import ProposalForm
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.grants.models import InterviewReward
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import posted, proposed, registered

NOW = datetime(2023, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOW):
        return registered("ana", AccountKind.FREELANCER, "upwork-2023")


@pytest.fixture
def acme() -> Account:
    with held_at(NOW):
        return registered("acme", AccountKind.CLIENT, "upwork-2023")


@pytest.fixture
def studio() -> Account:
    with held_at(NOW):
        return registered("studio", AccountKind.AGENCY, "upwork-2023")


def person(account: Account) -> User:
    return User.objects.get(memberships__account=account)


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


def sent(
    client: Account, account: Account, agency: Account | None = None, by: User | None = None
) -> Proposal | Refused:
    with held_at(NOW + timedelta(hours=1)):
        form = ProposalForm(key="k", agency=agency)
        return proposals.submit(posted(client), account, form, by)


def test_one_person_does_not_propose_to_herself(ana: Account, acme: Account) -> None:
    join(person(ana), acme, Role.CLIENT)
    before = journal().wallet(ana.pk).balance

    assert problem(sent(acme, ana)) == "own_account"
    with held_at(NOW + timedelta(hours=2)):
        assert problem(quote(posted(acme), ana)) == "own_account"
    assert journal().wallet(ana.pk).balance == before


def test_a_colleague_at_the_client_counts_as_much_as_its_founder(
    ana: Account, acme: Account
) -> None:
    colleague = User.objects.create_user("colleague@test.example", "Colleague", None)
    join(colleague, acme, Role.CLIENT)
    join(colleague, ana, Role.FREELANCER)

    assert problem(sent(acme, ana)) == "own_account"


@pytest.mark.parametrize("role", [Role.AGENCY_OWNER, Role.AGENCY_ADMIN])
def test_an_agencys_owner_or_admin_does_not_propose_through_it(
    ana: Account, acme: Account, studio: Account, role: Role
) -> None:
    with held_at(NOW):
        team.join_team(ana, studio)
    boss = User.objects.create_user("boss@test.example", "Boss", None)
    join(boss, studio, role)
    join(boss, acme, Role.CLIENT)

    assert problem(sent(acme, studio)) == "own_account"
    assert problem(sent(acme, ana, studio)) == "own_account"


def test_the_member_who_proposes_counts_and_their_colleagues_do_not(
    ana: Account, acme: Account, studio: Account
) -> None:
    with held_at(NOW):
        ben = registered("ben", AccountKind.FREELANCER, "upwork-2023")
        team.join_team(ana, studio)
        team.join_team(ben, studio)
    join(person(ana), acme, Role.CLIENT)

    assert problem(sent(acme, ana, studio)) == "own_account"
    assert problem(sent(acme, studio, by=person(ana))) == "own_account"
    assert isinstance(sent(acme, ben, studio, person(ben)), Proposal)


def test_who_comes_to_act_for_the_client_later_earns_nothing_from_it(
    ana: Account, acme: Account
) -> None:
    with held_at(NOW + timedelta(hours=1)):
        proposal = proposed(posted(acme), ana)
        other = proposed(posted(acme, "Another"), ana, "second")
        offer.make_offer(other, acme)
        join(person(ana), acme, Role.CLIENT)
        before = journal().wallet(ana.pk).balance

        for act in (client_acts.message, client_acts.shortlist, client_acts.hire, offer.make_offer):
            assert problem(act(proposal, acme)) == "own_account"
        assert problem(offer.answer_offer(other, ana, accepts=True)) == "own_account"
        assert isinstance(client_acts.decline(proposal, acme), Proposal)

    assert not InterviewReward.objects.exists()
    assert journal().wallet(ana.pk).balance == before
