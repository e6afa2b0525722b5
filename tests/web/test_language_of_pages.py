"""Pages and e-mails are in the reader's language: chosen by them, else asked for by their browser."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from connects.acts.notices.send_account_emails import account_message
from connects.bootstrap.clock import held_at
from connects.market.notices.models import AccountEmail
from connects.market.people.models import User
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db
SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}
SOMEWHERE = {"when": "2 June 2026", "address": "203.0.113.7"}


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_guest_reads_what_their_browser_asks_for_until_they_choose(here: Town) -> None:
    guest = Client(headers=SPANISH)

    page = guest.get("/rules/")
    assert page.headers["Content-Language"] == "es"
    assert '<html lang="es">' in page.content.decode()
    assert "Ir al contenido" in page.content.decode()

    answer = guest.post("/language/", {"language": "en", "next": "/rules/?a=b"})
    assert (answer.status_code, answer["Location"]) == (302, "/rules/?a=b")
    assert '<html lang="en">' in guest.get("/rules/").content.decode()
    assert (
        '<html lang="en">' in Client(headers={"Accept-Language": "tlh"}).get("/").content.decode()
    )


def test_a_member_s_choice_is_kept_for_other_browsers_and_for_e_mails(here: Town) -> None:
    user = here.user_of(here.freelancer)
    page = signed_in(user).post("/language/", {"language": "es", "next": "/notices/"}, follow=True)
    assert "Las páginas y los correos están ahora en español." in page.content.decode()

    other = signed_in(user)
    assert '<html lang="es">' in other.get("/notices/").content.decode()
    user.refresh_from_db()
    email = AccountEmail(kind="recovery-codes", to=user.email, user=user, parameters=SOMEWHERE)
    html = str(account_message(email).alternatives[0][0])
    assert '<html lang="es">' in html
    assert '<html lang="en">' in Client().get("/").content.decode()


def test_the_language_costs_no_query(here: Town) -> None:
    counts = []
    for code in ("", "es"):
        client = signed_in(here.user_of(here.freelancer))
        User.objects.update(language=code)
        client.get("/membership/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/membership/", headers=SPANISH)
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "", "x", "/\\evil"])
def test_a_choice_leads_back_to_a_page_of_ours_only(here: Town, path: str) -> None:
    assert Client().post("/language/", {"language": "es", "next": path})["Location"] == "/"


def test_a_language_that_we_do_not_speak_cannot_be_chosen(here: Town) -> None:
    assert Client().post("/language/", {"language": "xx"}).status_code == 404
    assert Client().get("/language/").status_code == 405


def test_a_script_from_right_to_left_turns_the_page(here: Town) -> None:
    with override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("web/base.html")
    assert "dir=" not in render_to_string("web/base.html")
