"""Who is found by which question, and who is found by none."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from connects.acts.accounts.edit_profile import ProfileForm, edit_profile
from connects.acts.credits.award_badge import add_badge, remove_badge
from connects.acts.proposals import client_acts
from connects.acts.proposals.invite import invite_to_job
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.bootstrap.clock import held_at
from connects.market.people.models import Account, TeamMembership
from connects.market.profiles.models import Profile, ShownTo
from connects.market.profiles.persons import persons
from connects.market.profiles.search import PeopleQuery, find_people
from connects.market.profiles.selectors import have_dealings, person_for, profile_of
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import NOON, Town, registered, town

pytestmark = pytest.mark.django_db

ALL = PeopleQuery(currency="USD")


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def tells(account: Account, **fields: Any) -> Profile:
    answer = edit_profile(account, ProfileForm(currency="USD", **fields))
    assert isinstance(answer, Profile), answer
    return answer


def found(**asked: Any) -> list[str]:
    return [person.account.handle for person in find_people(replace(ALL, **asked)).items]


def test_everyone_with_a_wallet_is_found_by_name_though_they_tell_nothing(here: Town) -> None:
    assert found() == ["ana", "studio"]
    assert found(name="ANA") == ["ana"]
    assert found(name="an stud") == []


def test_who_looks_can_be_left_out(here: Town) -> None:
    names = [person.account.handle for person in find_people(ALL, but=here.agency).items]

    assert names == ["ana"]


@pytest.mark.parametrize(
    ("skill", "fits"), [("drawing", True), ("  LOGO   des", True), ("go", False)]
)
def test_a_skill_is_found_by_how_it_begins(here: Town, skill: str, fits: bool) -> None:
    tells(here.freelancer, skills="Logo Design, Drawing")

    assert (found(skill=skill) == ["ana"]) is fits


def test_a_profile_s_country_counts_before_the_account_s(here: Town) -> None:
    Account.objects.filter(pk=here.freelancer.pk).update(country="FR")
    assert found(country="FR") == ["ana"]
    tells(here.freelancer, title="Illustrator")
    assert found(country="FR") == ["ana"]
    tells(here.freelancer, country="DE")

    assert found(country="FR") == []
    assert found(country="DE") == ["ana"]


def test_rates_are_compared_in_one_currency_and_who_tells_none_is_not_meant(here: Town) -> None:
    tells(here.freelancer, hourly_cents=45_00)

    assert found(rate_least=45_00) == found(rate_most=45_00) == ["ana"]
    assert found(rate_least=45_01) == found(rate_most=44_99) == []
    assert found(rate_least=1, currency="EUR") == []


def test_a_badge_that_was_lost_is_not_found(here: Town) -> None:
    add_badge(here.freelancer, "top-rated")
    assert found(badge="top-rated") == ["ana"]
    remove_badge(here.freelancer, "top-rated", here.operator)

    assert found(badge="top-rated") == []


def test_who_hides_is_found_by_nothing(here: Town) -> None:
    tells(here.freelancer, skills="Drawing", country="DE", shown_to=ShownTo.DEALINGS)

    assert "ana" not in found() + found(name="ana") + found(skill="drawing") + found(country="DE")


def test_dealings_are_proposals_invitations_and_teams(here: Town) -> None:
    ben = registered("ben", AccountKind.FREELANCER)
    assert have_dealings(here.freelancer, here.client)
    assert not have_dealings(ben, here.client)
    invite_to_job(here.job, ben, here.client)
    TeamMembership.objects.create(
        agency=here.agency, account=ben, role=Role.AGENCY_MEMBER.value, joined=NOON
    )

    assert have_dealings(ben, here.client)
    assert have_dealings(ben, here.agency)
    assert not have_dealings(here.freelancer, here.agency)


def test_staff_who_read_accounts_see_who_hides(here: Town) -> None:
    tells(here.freelancer, title="Illustrator", shown_to=ShownTo.DEALINGS)

    assert person_for(None, here.stranger, "ana") is None
    person = person_for(here.operator, None, "ana")
    assert person is not None
    assert person.profile.title == "Illustrator"


def test_a_record_leaves_out_what_was_withdrawn(here: Town) -> None:
    (before,) = persons(Account.objects.filter(handle="ana"))
    client_acts.hire(here.proposal, here.client)
    (hired,) = persons(Account.objects.filter(handle="ana"))

    assert (before.record.sent, before.record.hired) == (1, 0)
    assert (hired.record.sent, hired.record.hired) == (1, 1)


def test_a_withdrawn_proposal_is_in_no_record(here: Town) -> None:
    withdraw_proposal(here.proposal, here.freelancer)
    (person,) = persons(Account.objects.filter(handle="ana"))

    assert person.record.sent == 0


def test_who_told_nothing_has_an_empty_profile_that_members_see(here: Town) -> None:
    profile = profile_of(here.freelancer)

    assert (profile.title, profile.skills, profile.shown_to) == ("", [], ShownTo.MEMBERS)
