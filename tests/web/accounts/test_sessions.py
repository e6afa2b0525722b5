"""Sessions are listed, end one by one or all at once, and do not last for ever."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from structlog.testing import capture_logs

from connects.acts.accounts.sessions import end_sessions
from connects.bootstrap.clock import held_at
from connects.market.keys.models import ApiKey
from connects.market.people.models import User
from tests.market.people import PASSWORD
from tests.web.accounts.people import EMAIL, ana, is_signed_in, kinds_written_to, signed_in

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_the_list_shows_where_one_is_signed_in_and_ends_one_place() -> None:
    ana()
    here = signed_in(HTTP_USER_AGENT="Browser one", REMOTE_ADDR="192.0.2.1")
    there = signed_in(HTTP_USER_AGENT="Browser two", REMOTE_ADDR="192.0.2.2")
    page = here.get("/account/sessions/").content.decode()
    assert all(word in page for word in ("Browser one", "Browser two", "192.0.2.1", "192.0.2.2"))
    number = page.split('name="number" value="')[1].split('"')[0]
    here.post("/account/sessions/", {"number": number})
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert "Browser two" not in here.get("/account/sessions/").content.decode()


def test_nobody_ends_a_session_of_somebody_else() -> None:
    user = ana()
    victim = signed_in()
    User.objects.create_user("eve@test.example", "Eve", PASSWORD)
    eve = signed_in("eve@test.example")
    number = UserSession.objects.get(user=user).pk
    eve.post("/account/sessions/", {"number": number})
    assert is_signed_in(victim)
    for nonsense in ("", "x", "9" * 40, "-1"):
        assert eve.post("/account/sessions/", {"number": nonsense}).status_code == 404


def test_all_others_end_at_once_also_those_that_no_list_knows() -> None:
    user = ana()
    here, there = signed_in(), signed_in()
    unlisted = Client()
    unlisted.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    UserSession.objects.filter(session_key=unlisted.session.session_key).delete()
    here.post("/account/sessions/", {"act": "all"})
    assert [is_signed_in(client) for client in (here, there, unlisted)] == [True, False, False]
    assert kinds_written_to(EMAIL) == ["sessions-ended"]
    assert UserSession.objects.filter(user=user).count() == 1


def test_a_person_whose_sessions_were_ended_is_signed_out_at_the_next_click() -> None:
    user = ana()
    client = signed_in()
    end_sessions(user)
    assert not is_signed_in(client)
    assert is_signed_in(signed_in())


def test_signing_out_ends_the_session_on_the_server(settings: Any) -> None:
    user = ana()
    client = signed_in()
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = str(client.session.session_key)
    assert is_signed_in(stolen)
    client.post("/sign-out/")
    assert not is_signed_in(stolen)
    assert UserSession.objects.filter(user=user).count() == 0


@pytest.mark.parametrize(
    ("role", "idle", "whole"),
    [
        ("", timedelta(days=1), timedelta(days=14)),
        ("operator", timedelta(minutes=30), timedelta(hours=12)),
    ],
)
def test_a_session_ends_unused_and_in_the_end_also_in_use(
    role: str, idle: timedelta, whole: timedelta
) -> None:
    User.objects.create_user(EMAIL, "Ana", PASSWORD, role)
    second = timedelta(seconds=1)
    with held_at(START):
        used, unused = signed_in(), signed_in()
    with held_at(START + idle):
        assert is_signed_in(used)
    with held_at(START + idle + second):
        assert not is_signed_in(unused)
    moment = START + idle
    while moment + idle < START + whole:
        moment += idle
        with held_at(moment):
            assert is_signed_in(used)
    with held_at(START + whole + second):
        assert not is_signed_in(used)


def test_a_session_that_ended_says_so_and_leads_back() -> None:
    with held_at(START):
        ana()
        client = signed_in()
    with held_at(START + timedelta(days=2)):
        page = client.get("/membership/?page=1", follow=True)
    assert b"You were signed out because your session had ended" in page.content
    assert page.request["QUERY_STRING"] == "next=%2Fmembership%2F%3Fpage%3D1"


def test_a_sensitive_act_asks_for_the_password_again_and_then_goes_on() -> None:
    with held_at(START):
        ana()
        client = signed_in()
    with held_at(START + timedelta(minutes=16)):
        asked = client.post("/account/keys/", {"act": "make", "name": "mine", "scopes": "read"})
        assert asked.headers["Location"] == "/account/again/?next=%2Faccount%2Fkeys%2F"
        assert ApiKey.objects.count() == 0
        again = asked.headers["Location"]
        assert b"not your password" in client.post(again, {"password": "wrong"}).content
        form = {"password": PASSWORD, "next": "/account/keys/"}
        made = client.post("/account/again/", form)
    assert ApiKey.objects.count() == 1
    assert b"Your new key" in made.content


def test_guessing_at_the_second_question_is_locked_like_signing_in() -> None:
    with held_at(START):
        ana()
        client = signed_in()
    with held_at(START + timedelta(minutes=16)):
        statuses = {
            client.post("/account/again/", {"password": f"no {n}"}).status_code for n in range(12)
        }
        assert 429 in statuses
        client.post("/account/again/", {"password": PASSWORD, "next": "/account/keys/"})
        client.post("/account/keys/", {"act": "make", "name": "mine", "scopes": "read"})
    assert ApiKey.objects.count() == 0


def test_sign_ins_and_changes_are_logged_without_secrets() -> None:
    user = ana()
    with capture_logs() as lines:
        client = signed_in(REMOTE_ADDR="192.0.2.1")
        key = str(client.session.session_key)
        Client().post("/sign-in/", {"username": EMAIL, "password": "wrong secret"})
        Client().post("/sign-in/", {"username": "wrong secret", "password": "wrong secret"})
        new = "another secret of mine"
        form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        client.post("/account/password/", form)
        client.post("/sign-out/")
    assert [(line["event"], line["person"], line["address"]) for line in lines] == [
        ("signed in", user.pk, "192.0.2.1"),
        ("sign-in failed", None, "127.0.0.1"),
        ("sign-in failed", None, "127.0.0.1"),
        ("password changed", user.pk, "192.0.2.1"),
        ("signed out", user.pk, "192.0.2.1"),
    ]
    assert not any(word in str(lines) for word in (PASSWORD, "secret", EMAIL, key))


@pytest.mark.parametrize(
    ("https", "names"),
    [("1", ["__Host-sessionid", "__Host-csrftoken"]), ("", ["sessionid", "csrftoken"])],
)
def test_cookies_bear_the_prefix_that_binds_them_to_the_host_over_https(
    https: str, names: list[str], tmp_path: Path
) -> None:
    program = (
        "from connects.project import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SECOND_FACTOR_FOR)"
    )
    environment = {**os.environ, "CONNECTS_HTTPS": https, "CONNECTS_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    secure, factor = ("True", "staff") if https else ("False", "nobody")
    assert done.stdout.split() == [*names, secure, secure, factor]


def test_pages_about_access_are_not_kept_by_caches() -> None:
    ana()
    client = signed_in()
    for page in ("/account/password/", "/account/e-mail/", "/account/second-factor/"):
        answer: Any = client.get(page)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_visitor_is_asked_to_sign_in() -> None:
    for page in ("security", "sessions", "e-mail", "password", "second-factor", "again"):
        answer = Client().get(f"/account/{page}/")
        assert answer.headers["Location"].startswith("/sign-in/?next=/account/")
