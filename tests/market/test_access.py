"""What protects a person's access is read of that person alone."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from connects.bootstrap.clock import held_at
from connects.market.people.access import (
    active_people_with_email,
    addresses_of,
    has_operator,
    has_second_factor,
    person_again,
    person_with_email,
)
from connects.market.people.models import User
from connects.vocabulary.parties import Role
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


def person(name: str, role: str = "") -> User:
    with held_at(NOON):
        return User.objects.create_user(f"{name}@test.example", name, None, role)


def test_a_person_is_found_by_their_address_however_it_is_typed() -> None:
    ana = person("ana")

    assert person_with_email("  Ana@Test.Example ") == ana
    assert person_with_email("ben@test.example") is None
    assert active_people_with_email("ANA@test.example") == [ana]


def test_who_was_stopped_cannot_sign_in_with_their_address() -> None:
    ana = person("ana")
    User.objects.filter(pk=ana.pk).update(is_active=False)

    assert active_people_with_email(ana.email) == []
    assert person_with_email(ana.email) == ana
    assert ana.is_active, "the row at hand is an old one"
    assert not person_again(ana).is_active


def test_an_address_that_is_to_be_confirmed_stands_beside_the_present_one() -> None:
    ana, ben = person("ana"), person("ben")
    EmailAddress.objects.create(user=ana, email="new@test.example", verified=False)

    assert {row.email: row.verified for row in addresses_of(ana)} == {
        "ana@test.example": True,
        "new@test.example": False,
    }
    assert [row.email for row in addresses_of(ben)] == ["ben@test.example"]


def test_recovery_codes_alone_are_no_second_factor() -> None:
    ana, ben = person("ana"), person("ben")
    kinds = Authenticator.Type
    Authenticator.objects.create(user=ana, type=kinds.RECOVERY_CODES, data={})
    Authenticator.objects.create(user=ben, type=kinds.TOTP, data={})

    assert [has_second_factor(each) for each in (ana, ben)] == [False, True]


def test_an_operator_is_one_who_can_sign_in() -> None:
    person("mia", Role.MODERATOR.value)
    assert not has_operator()
    olga = person("olga", Role.OPERATOR.value)
    assert has_operator()

    User.objects.filter(pk=olga.pk).update(is_active=False)
    assert not has_operator()


def test_all_sessions_of_a_person_end_with_a_new_generation() -> None:
    ana = person("ana")
    before, earlier = ana.get_session_auth_hash(), list(ana.get_session_auth_fallback_hash())
    ana.session_generation += 1

    assert ana.get_session_auth_hash() != before
    assert not set(earlier) & set(ana.get_session_auth_fallback_hash())
