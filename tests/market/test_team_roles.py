"""An agency's owner may do all with its team, an admin less, a member nothing."""

from datetime import timedelta

import pytest

from connects.acts.accounts.leave_team import leave_team
from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.accounts.team import join_team
from connects.bootstrap.clock import held_at
from connects.market.people.models import Account, TeamMembership, User
from connects.market.people.team_roles import limit_problem, managing_problem, role_in
from connects.market.people.teams import last_membership_in, membership_in, team_in_order
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


class Agency:
    """A studio with its founder, who owns it, an admin and a member."""

    def __init__(self) -> None:
        with held_at(NOON):
            self.studio = registered("studio", AccountKind.AGENCY)
            self.ada = self.joined("ada", Role.AGENCY_ADMIN)
            self.mel = self.joined("mel", Role.AGENCY_MEMBER)
        self.owner = person(self.studio, Role.AGENCY_OWNER)
        self.admin = person(self.studio, Role.AGENCY_ADMIN)
        self.member = person(self.studio, Role.AGENCY_MEMBER)

    def joined(self, name: str, role: Role) -> Account:
        account = registered(name, AccountKind.FREELANCER)
        assert isinstance(join_team(account, self.studio, role), TeamMembership)
        return account

    def gives(self, account: Account, most: int | None, *, may_spend: bool = True) -> None:
        with held_at(NOON):
            answer = set_member_terms(self.studio, account, most, may_spend=may_spend)
        assert answer == account

    def most_refused(self, by: User | None, most: int | None, *, may_spend: bool = True) -> object:
        """The limit that the refusal names; None where there is none."""
        answer = limit_problem(self.studio, by, most, may_spend=may_spend)
        return None if answer is None else answer.parameters["most"]


def person(agency: Account, role: Role) -> User:
    return User.objects.get(memberships__account=agency, memberships__role=role.value)


@pytest.fixture
def agency() -> Agency:
    return Agency()


def test_a_persons_role_is_that_of_this_agency(agency: Agency) -> None:
    with held_at(NOON):
        other = registered("other", AccountKind.AGENCY)

    roles = [role_in(agency.studio, by) for by in (agency.owner, agency.admin, agency.member)]
    assert roles == [Role.AGENCY_OWNER, Role.AGENCY_ADMIN, Role.AGENCY_MEMBER]
    assert role_in(other, agency.owner) is None


def test_an_admin_manages_members_and_a_member_nobody(agency: Agency) -> None:
    colleagues = (Role.AGENCY_MEMBER, Role.AGENCY_ADMIN, Role.AGENCY_OWNER)

    def managed_by(by: User | None) -> list[Role]:
        return [role for role in colleagues if managing_problem(agency.studio, by, role) is None]

    assert managed_by(agency.owner) == managed_by(None) == [*colleagues]
    assert managed_by(agency.admin) == [Role.AGENCY_MEMBER]
    assert managed_by(agency.member) == []
    refused = managing_problem(agency.studio, agency.member, Role.AGENCY_MEMBER)
    assert isinstance(refused, Refused)
    assert refused.parameters["problem"] == "owner_only"


def test_an_admin_gives_no_more_than_the_owner_gave_them(agency: Agency) -> None:
    assert agency.most_refused(agency.admin, None) is None, "nothing limits the admin yet"
    agency.gives(agency.ada, 40)

    assert agency.most_refused(agency.admin, 40) is None
    assert agency.most_refused(agency.admin, 41) == 40
    assert agency.most_refused(agency.admin, None) == 40, "no limit is more than 40"
    assert agency.most_refused(agency.owner, 41) is None
    assert agency.most_refused(None, None) is None, "the marketplace itself has no limit"


def test_an_admin_who_may_not_spend_lets_nobody_spend(agency: Agency) -> None:
    agency.gives(agency.ada, None, may_spend=False)

    assert agency.most_refused(agency.admin, 1) == 0
    assert agency.most_refused(agency.admin, 1, may_spend=False) is None


def test_a_team_is_listed_as_its_members_joined_and_forgets_nobody_who_left(
    agency: Agency,
) -> None:
    assert [row.account for row in team_in_order(agency.studio)] == [agency.ada, agency.mel]
    assert last_membership_in(agency.studio, agency.mel) is None

    for hours, came_back in ((1, True), (3, False)):
        with held_at(NOON + timedelta(hours=hours)):
            assert leave_team(agency.mel, agency.studio) == agency.mel
        if came_back:
            with held_at(NOON + timedelta(hours=hours + 1)):
                join_team(agency.mel, agency.studio)
                assert membership_in(agency.studio, agency.mel) is not None

    assert [row.account for row in team_in_order(agency.studio)] == [agency.ada]
    assert membership_in(agency.studio, agency.mel) is None
    last = last_membership_in(agency.studio, agency.mel)
    assert last is not None
    assert last.left == NOON + timedelta(hours=3)
