"""An address changes only when the new one is confirmed, and the old one hears of it."""

import pytest
from django.test import Client

from connects.market.people.models import User
from connects.vocabulary.parties import AccountKind
from tests.market.people import PASSWORD, registered
from tests.web.accounts.people import (
    EMAIL,
    ana,
    kinds_written_to,
    link_to,
    signed_in,
    with_second_factor,
)

pytestmark = pytest.mark.django_db
NEW = "ana.new@test.example"


def ask_to_change(client: Client, to: str = NEW) -> None:
    answer = client.post("/account/e-mail/", {"email": to, "action_add": "1"})
    assert answer.status_code == 302, answer.content.decode()


def test_nothing_changes_until_the_new_address_is_confirmed() -> None:
    ana()
    client = signed_in()
    ask_to_change(client)
    assert b"Changing to ana.new@test.example" in client.get("/account/e-mail/").content
    signed_in(EMAIL)
    client.post(link_to(NEW, "confirm"))

    signed_in(NEW)
    assert Client().post("/sign-in/", {"username": EMAIL, "password": PASSWORD}).status_code == 200
    assert kinds_written_to(EMAIL) == ["email-changed"]


def test_who_has_a_second_factor_can_change_their_address_too() -> None:
    ana()
    client = signed_in()
    with_second_factor(client)
    ask_to_change(client)
    client.post(link_to(NEW, "confirm"))
    assert User.objects.get().email == NEW


def test_an_address_of_somebody_else_is_not_told_and_not_taken() -> None:
    ana()
    registered("bea", AccountKind.FREELANCER)
    client = signed_in()
    ask_to_change(client, "bea@test.example")
    answer = client.post(link_to("bea@test.example", "confirm"))
    assert answer.status_code == 409
    assert set(User.objects.values_list("email", flat=True)) == {EMAIL, "bea@test.example"}


def test_an_address_that_is_only_asked_for_gets_no_link_to_set_a_password() -> None:
    ana()
    ask_to_change(signed_in())
    Client().post("/password/", {"email": NEW})
    assert kinds_written_to(NEW) == ["confirm"]


def test_a_change_can_be_called_off() -> None:
    ana()
    client = signed_in()
    ask_to_change(client)
    link = link_to(NEW, "confirm")
    client.post("/account/e-mail/", {"email": NEW, "action_remove": "1"})
    assert client.post(link).status_code == 410
    assert User.objects.get().email == EMAIL
    assert kinds_written_to(EMAIL) == []
