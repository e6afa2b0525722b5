"""A password can be changed, and set by e-mail, and whoever else was signed in no longer is."""

import re
from typing import Any

import pytest
from django.test import Client

from connects.market.notices.models import AccountEmail
from connects.market.people.models import Account, User
from tests.market.people import PASSWORD
from tests.web.accounts.people import (
    ANOTHER_PASSWORD,
    EMAIL,
    ana,
    is_signed_in,
    kinds_written_to,
    link_to,
    signed_in,
)

pytestmark = pytest.mark.django_db


def change(client: Client, old: str = PASSWORD, new: str = ANOTHER_PASSWORD) -> Any:
    form = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/account/password/", form)


def reset(email: str = EMAIL) -> Any:
    return Client().post("/password/", {"email": email})


def set_by_link(link: str, new: str = ANOTHER_PASSWORD) -> Any:
    client = Client()
    page = client.get(link, follow=True)
    form = {"password1": new, "password2": new}
    return client.post(page.request["PATH_INFO"], form, follow=True)


def test_changing_the_password_ends_all_other_sessions_and_is_told_by_e_mail() -> None:
    ana()
    here, elsewhere = signed_in(), signed_in()
    assert change(here).status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert kinds_written_to(EMAIL) == ["password-changed"]
    signed_in(password=ANOTHER_PASSWORD)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("not my password", ANOTHER_PASSWORD, b"not your current password"),
        (PASSWORD, "short", b"at least 12 characters"),
        (PASSWORD, "sunshine2026!", b"well-known password"),
        (PASSWORD, "ana@test.example", b"too similar"),
    ],
)
def test_a_change_that_cannot_be_made_says_why(old: str, new: str, said: bytes) -> None:
    before = ana().password
    answer = change(signed_in(), old, new)
    assert said in answer.content
    assert User.objects.get(email=EMAIL).password == before


def test_a_forgotten_password_is_set_by_a_link_that_works_once() -> None:
    ana()
    thief = signed_in()
    assert reset("Ana@Test.Example").status_code == 302
    link = link_to(EMAIL, "reset")
    assert b"Your password is set" in set_by_link(link).content
    assert not is_signed_in(thief)
    signed_in(password=ANOTHER_PASSWORD)
    assert b"does not work any more" in Client().get(link, follow=True).content
    assert kinds_written_to(EMAIL) == ["reset", "password-changed"]


def test_asking_for_a_link_tells_nobody_who_is_here() -> None:
    ana()
    pages = [
        re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
        for answer in (
            Client().post("/password/", {"email": email}, follow=True)
            for email in (EMAIL, "nobody@test.example")
        )
    ]
    assert pages[0] == pages[1]
    assert kinds_written_to("nobody@test.example") == []


def test_setting_a_password_by_e_mail_lifts_one_s_lock() -> None:
    ana()
    wrong = {"username": EMAIL, "password": "wrong password"}
    for _ in range(10):
        Client().post("/sign-in/", wrong)
    assert Client().post("/sign-in/", {**wrong, "password": PASSWORD}).status_code == 429
    reset()
    set_by_link(link_to(EMAIL, "reset"))
    signed_in(password=ANOTHER_PASSWORD)


def test_who_sets_a_password_by_e_mail_has_confirmed_the_address() -> None:
    form = {"kind": "client", "name": "Bea", "email": "bea@test.example", "password": PASSWORD}
    Client().post("/sign-up/", form)
    reset("bea@test.example")
    set_by_link(link_to("bea@test.example", "reset"))
    assert Account.objects.get().name == "Bea"
    bea = signed_in("bea@test.example", ANOTHER_PASSWORD)
    assert bea.get("/posts/new/").status_code == 200


def test_few_links_are_sent_to_one_address() -> None:
    ana()
    statuses = [reset().status_code for _ in range(7)]
    assert statuses == [302] * 5 + [429] * 2
    assert kinds_written_to(EMAIL) == ["reset"] * 5


def test_who_may_not_sign_in_gets_no_link() -> None:
    ana()
    User.objects.update(is_active=False)
    reset()
    assert AccountEmail.objects.count() == 0


@pytest.mark.parametrize(
    "link", ["/password/1-abc/", "/password/zzz-set-password/", "/password/1--/"]
)
def test_a_made_up_link_leads_nowhere(link: str) -> None:
    ana()
    answer = Client().get(link, follow=True)
    assert answer.status_code in (200, 404)
    assert answer.status_code == 404 or b"does not work any more" in answer.content
