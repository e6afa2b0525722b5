"""Whom a client or an agency may like to invite, and what of that they may know."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connects.acts.accounts.edit_profile import ProfileForm, edit_profile
from connects.acts.proposals import client_acts
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import Job
from connects.market.people.models import Account, TeamMembership
from connects.market.profiles.invited import address_digest, invitation_numbered
from connects.market.profiles.models import ShownTo
from connects.market.profiles.suggested import earlier_members, people_for, skills_named
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import NOON, Town, posted, proposed, registered, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def skilled(name: str, skills: str, shown_to: str = ShownTo.MEMBERS) -> Account:
    account = registered(name, AccountKind.FREELANCER)
    edit_profile(account, ProfileForm(skills=skills, shown_to=shown_to, currency="USD"))
    return account


def suggested(here: Town, title: str) -> list[str]:
    _, found = people_for(here.client, posted(here.client, title))
    return [person.account.handle for person in found]


def test_a_post_names_skills_of_up_to_three_words() -> None:
    named = skills_named(Job(title="Write C++ and web design", category="Web Design"))

    assert {"c++", "web design", "and web design", "write"} <= named
    assert "c++ and web design" not in named


def test_who_hides_or_is_suspended_is_not_suggested(here: Town) -> None:
    skilled("ben", "Logo", ShownTo.DEALINGS)
    cem = skilled("cem", "Logo")
    assert suggested(here, "A logo") == ["cem"]
    Account.objects.filter(pk=cem.pk).update(suspended=NOON)

    assert suggested(here, "A logo") == []


def test_a_post_that_names_nothing_suggests_nobody(here: Town) -> None:
    skilled("ben", "Logo")

    assert suggested(here, "…") == []


def test_earlier_people_were_hired_or_written_to_and_are_not_suggested_again(here: Town) -> None:
    skilled("ben", "Logo")
    edit_profile(here.freelancer, ProfileForm(skills="Logo", currency="USD"))
    job = posted(here.client, "A logo")
    silent = registered("cem", AccountKind.FREELANCER)
    proposed(job, silent)
    client_acts.message(here.proposal, here.client, "Hello")

    earlier, others = people_for(here.client, job)

    assert [person.account.handle for person in earlier] == ["ana"]
    assert [person.account.handle for person in others] == ["ben"]


def test_who_left_a_team_may_be_asked_back_unless_they_are_back(here: Town) -> None:
    ben = registered("ben", AccountKind.FREELANCER)
    for account in (here.freelancer, ben):
        TeamMembership.objects.create(
            agency=here.agency,
            account=account,
            role=Role.AGENCY_MEMBER.value,
            joined=NOON - timedelta(days=9),
            left=NOON,
        )
    TeamMembership.objects.create(
        agency=here.agency, account=ben, role=Role.AGENCY_MEMBER.value, joined=NOON
    )

    assert [person.account.handle for person in earlier_members(here.agency)] == ["ana"]


def test_an_invitation_that_is_not_there_is_none() -> None:
    assert invitation_numbered(1, NOON) is None


def test_an_address_is_known_by_its_hash_however_it_is_capitalized() -> None:
    assert address_digest("Ana@Test.example") == address_digest("ana@test.example")
    assert "ana" not in address_digest("ana@test.example")
