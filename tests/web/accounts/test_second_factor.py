"""With a second factor a password is not enough, and staff need one in production."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from connects.market.people.models import User
from connects.project.accounts import second_factor_for
from tests.market.people import PASSWORD
from tests.web.accounts.people import (
    EMAIL,
    ana,
    code_of,
    is_signed_in,
    kinds_written_to,
    signed_in,
    with_second_factor,
)

pytestmark = pytest.mark.django_db


def half_signed_in() -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"username": EMAIL, "password": PASSWORD, "next": "/rules/"})
    assert answer.headers["Location"].startswith("/sign-in/code/")
    assert not is_signed_in(client)
    return client


def operator() -> User:
    return User.objects.create_user("olga@test.example", "Olga", PASSWORD, "operator")


def test_signing_in_takes_the_code_as_well_and_leads_where_one_wanted_to_go() -> None:
    ana()
    secret = with_second_factor(signed_in())
    client = half_signed_in()
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)
    answer = client.post("/sign-in/code/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/rules/"
    assert is_signed_in(client)


def test_a_code_works_once() -> None:
    ana()
    secret = with_second_factor(signed_in())
    code = code_of(secret)
    half_signed_in().post("/sign-in/code/", {"code": code})
    again = half_signed_in()
    again.post("/sign-in/code/", {"code": code})
    assert not is_signed_in(again)


def test_guessing_codes_is_stopped() -> None:
    ana()
    secret = with_second_factor(signed_in())
    client = half_signed_in()
    for n in range(6):
        client.post("/sign-in/code/", {"code": f"{n:06}"})
    client.post("/sign-in/code/", {"code": code_of(secret)})
    assert not is_signed_in(client)


def test_a_recovery_code_works_once_in_place_of_the_phone() -> None:
    ana()
    owner = signed_in()
    with_second_factor(owner)
    page = owner.get("/account/second-factor/codes/").content.decode()
    found = re.search(r"Your recovery codes\">(\w+)", page)
    assert found, page
    client = half_signed_in()
    client.post("/sign-in/code/", {"code": found[1]})
    assert is_signed_in(client)
    again = half_signed_in()
    again.post("/sign-in/code/", {"code": found[1]})
    assert not is_signed_in(again)
    assert found[1] not in owner.get("/account/second-factor/codes.txt").content.decode()


def test_a_secret_of_a_lost_key_refuses_every_code_in_words(settings: Any) -> None:
    ana()
    secret = with_second_factor(signed_in())
    settings.SECRET_KEY = "a key that came with another machine"
    answer = half_signed_in().post("/sign-in/code/", {"code": code_of(secret)})
    assert answer.status_code == 200
    assert b"does not match" in answer.content


def test_the_secret_is_not_in_the_database_in_the_clear() -> None:
    ana()
    secret = with_second_factor(signed_in())
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_adding_and_removing_it_are_told_by_e_mail(
    django_capture_on_commit_callbacks: Any,
) -> None:
    ana()
    client = signed_in()
    with django_capture_on_commit_callbacks(execute=True):
        with_second_factor(client)
    assert client.post("/account/second-factor/off/").status_code == 302
    assert Authenticator.objects.count() == 0
    assert kinds_written_to(EMAIL) == ["second-factor-on", "second-factor-off"]
    signed_in()


def test_staff_see_nothing_before_they_have_one_where_it_is_asked_for(settings: Any) -> None:
    settings.SECOND_FACTOR_FOR = "staff"
    operator()
    client = signed_in("olga@test.example")
    for page in ("/console/", "/console/accounts/", "/account/security/", "/account/sessions/"):
        assert client.get(page).headers["Location"] == "/account/second-factor/on/"
    with_second_factor(client)
    assert client.get("/console/").status_code == 200
    cache.clear()
    client.post("/account/second-factor/off/")
    assert Authenticator.objects.filter(type="totp").count() == 1, "a role that needs it keeps it"


def test_members_need_one_only_where_everyone_does(settings: Any) -> None:
    ana()
    settings.SECOND_FACTOR_FOR = "staff"
    assert is_signed_in(signed_in())
    settings.SECOND_FACTOR_FOR = "everyone"
    assert not is_signed_in(signed_in())


def test_production_asks_staff_for_it_unless_told_otherwise() -> None:
    assert second_factor_for({}, is_production=True) == "staff"
    assert second_factor_for({}, is_production=False) == "nobody"
    given = {"CONNECTS_SECOND_FACTOR": "everyone"}
    assert second_factor_for(given, is_production=False) == "everyone"
    with pytest.raises(ValueError, match="nobody, staff or everyone"):
        second_factor_for({"CONNECTS_SECOND_FACTOR": "yes"}, is_production=True)
