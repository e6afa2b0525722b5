"""What an account tells of itself is kept whole, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from connects.acts.accounts.edit_profile import ProfileForm, edit_profile
from connects.bootstrap.clock import held_at
from connects.market.people.models import Account
from connects.market.profiles.models import Profile, ProfileSkill
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db

FORM = ProfileForm(
    title=" Illustrator ",
    about="I draw birds.\nAnd bees.",
    skills="Drawing, Logo  design; drawing",
    hourly_cents=45_00,
    currency="USD",
    country="Germany",
)


@pytest.fixture
def ana() -> Iterator[Account]:
    with held_at(NOON):
        yield registered("ana", AccountKind.FREELANCER)


def keys() -> set[str]:
    return set(ProfileSkill.objects.values_list("key", flat=True))


def test_a_profile_is_kept_as_it_was_told(ana: Account) -> None:
    profile = edit_profile(ana, FORM)

    assert isinstance(profile, Profile)
    assert (profile.title, profile.country, profile.changed) == ("Illustrator", "DE", NOON)
    assert profile.skills == ["Drawing", "Logo  design"]
    assert keys() == {"drawing", "logo design"}


def test_telling_again_replaces_what_was_told(ana: Account) -> None:
    edit_profile(ana, FORM)
    profile = edit_profile(ana, replace(FORM, skills="Painting", hourly_cents=None, country=""))

    assert isinstance(profile, Profile)
    assert Profile.objects.count() == 1
    assert (profile.hourly_cents, profile.country) == (None, "")
    assert keys() == {"painting"}


@pytest.mark.parametrize(
    ("wrong", "field", "problem"),
    [
        ({"country": "ZZ"}, "country", Problem.NOT_A_COUNTRY),
        ({"country": "Ge"}, "country", Problem.NOT_A_COUNTRY),
        ({"skills": ",".join("abcdefghijklmnop")}, "skills", Problem.TOO_MANY_SKILLS),
        ({"skills": "x" * 41}, "skills", Problem.TOO_LONG),
        ({"title": "x" * 101}, "title", Problem.TOO_LONG),
        ({"about": "x" * 4_001}, "about", Problem.TOO_LONG),
        ({"about": "a\x00b"}, "about", Problem.CONTROL_CHARACTERS),
        ({"hourly_cents": 0}, "rate", Problem.TOO_LARGE),
        ({"hourly_cents": 10_000_01}, "rate", Problem.TOO_LARGE),
        ({"shown_to": "nobody"}, "shown_to", Problem.UNKNOWN),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    ana: Account, wrong: dict[str, Any], field: str, problem: Problem
) -> None:
    edit_profile(ana, FORM)

    answer = edit_profile(ana, replace(FORM, **wrong))

    assert isinstance(answer, Refused)
    assert (answer.parameters["field"], answer.parameters["problem"]) == (field, problem)
    assert Profile.objects.get().about == FORM.about
    assert keys() == {"drawing", "logo design"}


def test_clients_tell_nothing() -> None:
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT)

        answer = edit_profile(acme, FORM)

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == Problem.FREELANCERS_ONLY
