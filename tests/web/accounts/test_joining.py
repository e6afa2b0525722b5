"""Nobody takes part before they have shown that they read their e-mail, and nobody learns who is here."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from connects.acts.accounts.sign_up import FORGOTTEN_AFTER, forget_unconfirmed
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job
from connects.market.notices.models import AccountEmail
from connects.market.people.models import Account, SignUp, User
from tests.market.people import PASSWORD
from tests.web.accounts.people import (
    ANOTHER_PASSWORD,
    ana,
    is_signed_in,
    kinds_written_to,
    link_to,
    signed_in,
)

pytestmark = pytest.mark.django_db
BEA = "bea@test.example"
FORM = {"kind": "freelancer", "name": "Bea", "email": BEA, "password": PASSWORD}


def answer_without_address(form: dict[str, str]) -> str:
    client = Client()
    page = client.post("/sign-up/", form)
    assert page.status_code == 200
    assert not is_signed_in(client)
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())
    return text.replace(form["email"], "")


def test_signing_up_answers_alike_whether_the_address_is_known_or_not() -> None:
    ana()
    known = answer_without_address({**FORM, "email": "ana@test.example"})
    assert answer_without_address(FORM) == known


def test_the_owner_of_a_known_address_hears_of_it_once_and_nothing_of_theirs_changes() -> None:
    before = ana().password
    for _ in range(3):
        Client().post("/sign-up/", {**FORM, "email": "Ana@Test.example"})
    assert kinds_written_to("ana@test.example") == ["already-here"]
    assert User.objects.get(email="ana@test.example").password == before
    assert SignUp.objects.count() == 0


def test_an_account_and_its_grant_begin_with_the_confirmation() -> None:
    Client().post("/sign-up/", {**FORM, "email": "Bea@Test.Example"})
    bea = signed_in(BEA)
    assert Account.objects.count() == 0
    for address in ("/membership/", "/proposals/", "/account/keys/", "/posts/new/", "/"):
        answer = bea.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/unconfirmed/")

    link = link_to(BEA, "confirm")
    assert b"Is bea@test.example your address?" in bea.get(link).content
    assert Account.objects.count() == 0, "a mail program that follows links confirms nothing"
    page = bea.post(link, follow=True)

    assert b"20 Connects" in page.content
    assert bea.get(link).status_code == 410
    assert SignUp.objects.count() == 0


def test_a_client_cannot_post_before_the_address_is_confirmed() -> None:
    Client().post("/sign-up/", {**FORM, "kind": "client"})
    bea = signed_in(BEA)
    post = {"title": "Draw a logo", "kind": "fixed", "budget": "300", "act": "publish"}
    assert bea.post("/posts/new/", post).headers["Location"] == "/account/unconfirmed/"
    assert Job.objects.count() == 0
    bea.post(link_to(BEA, "confirm"))
    assert bea.get("/posts/new/").status_code == 200


def test_a_link_alone_does_not_confirm_it_takes_the_password_too() -> None:
    ana()
    Client().post("/sign-up/", FORM)
    link = link_to(BEA, "confirm")
    assert Client().post(link).headers["Location"].startswith("/sign-in/?next=")
    assert signed_in().post(link).status_code == 409
    assert Account.objects.count() == 1


def test_following_the_link_leads_through_signing_in_back_to_it() -> None:
    Client().post("/sign-up/", FORM)
    link = link_to(BEA, "confirm")
    client = Client()
    to_sign_in = client.get(link).headers["Location"]
    form = {"username": BEA, "password": PASSWORD, "next": link}
    assert client.post(to_sign_in, form).headers["Location"] == link


def test_whoever_signs_up_with_anothers_address_does_not_keep_it_from_them() -> None:
    squatter = {**FORM, "name": "Eve", "password": ANOTHER_PASSWORD}
    Client().post("/sign-up/", squatter)
    eve = signed_in(BEA, ANOTHER_PASSWORD)
    AccountEmail.objects.update(written=clock_now() - timedelta(minutes=10))
    Client().post("/sign-up/", FORM)
    assert not is_signed_in(eve)
    bea = signed_in(BEA)
    bea.post(link_to(BEA, "confirm"))
    assert Account.objects.get().name == "Bea"


def test_the_e_mail_can_be_sent_again_but_floods_nobody() -> None:
    Client().post("/sign-up/", FORM)
    bea = signed_in(BEA)
    for _ in range(3):
        bea.post("/account/unconfirmed/")
    assert kinds_written_to(BEA) == ["confirm"]
    AccountEmail.objects.update(written=clock_now() - timedelta(minutes=4))
    bea.post("/account/unconfirmed/")
    assert kinds_written_to(BEA) == ["confirm", "confirm"]


def test_who_never_confirms_is_forgotten() -> None:
    ana()
    Client().post("/sign-up/", FORM)
    assert forget_unconfirmed(clock_now()) == 0
    assert forget_unconfirmed(clock_now() + FORGOTTEN_AFTER + timedelta(days=1)) == 1
    assert [user.email for user in User.objects.all()] == ["ana@test.example"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "A\u202ena", b"cannot be seen"),
        ("name", "\u200b", b"cannot be seen"),
        ("name", "Ana\nBea", b"cannot be seen"),
        ("name", "...", b"at least one letter"),
        ("password", "short", b"at least 12 characters"),
        ("password", "sunshine2026!", b"well-known password"),
        ("password", "bea@test.example", b"too similar"),
        ("email", "no address", b"Enter an e-mail address, such as"),
        ("kind", "staff", b"Choose one of those offered"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_written(
    field: str, value: str, said: bytes
) -> None:
    page = Client().post("/sign-up/", {**FORM, field: value})
    assert page.status_code == 200
    assert said in page.content
    assert User.objects.count() == 0
    assert AccountEmail.objects.count() == 0


def test_a_link_to_sign_up_can_say_as_what() -> None:
    as_client = Client().get("/sign-up/?kind=client").content.decode()
    as_nobody = Client().get("/sign-up/?kind=emperor").content.decode()

    assert re.search(r'value="client"[^>]*checked', as_client)
    assert re.search(r'value="freelancer"[^>]*checked', as_nobody)
