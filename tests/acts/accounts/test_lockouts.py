"""Wrong passwords lock out who guesses, and not the owner."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from click.testing import CliRunner
from django.test import Client

from connects.acts.accounts.unlock import unlock_sign_in
from connects.bootstrap.clock import now as clock_now
from connects.cli.main import main
from connects.market.notices.models import AccountEmail
from connects.market.people.models import User
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import PASSWORD, registered

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"


@pytest.fixture(autouse=True)
def ana() -> User:
    registered("ana", AccountKind.FREELANCER)
    return User.objects.get(email="ana@test.example")


def sign_in(
    password: str, email: str = "ana@test.example", address: str = HERE, agent: str = "test"
) -> int:
    form = {"username": email, "password": password}
    headers = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": agent}
    return Client().post("/sign-in/", form, **headers).status_code  # type: ignore[arg-type]


def guess(times: int, **where: str) -> list[int]:
    return [sign_in("wrong password", **where) for _ in range(times)]


def let_time_pass(**span: int) -> None:
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - timedelta(**span)
        )


@pytest.mark.parametrize(
    "typed", ["ana@test.example", "Ana@Test.Example", "ANA@TEST.EXAMPLE", " ana@test.example "]
)
def test_signing_in_does_not_mind_capitals(typed: str) -> None:
    assert sign_in(PASSWORD, email=typed) == 302


def test_guesses_are_counted_together_however_they_are_capitalised() -> None:
    guess(5)
    guess(5, email="ANA@test.example")
    assert sign_in(PASSWORD) == 429


def test_the_owner_can_sign_in_from_elsewhere_during_a_lock() -> None:
    guess(10)
    assert sign_in(PASSWORD) == 429
    assert sign_in(PASSWORD, address=ELSEWHERE) == 302


def test_failing_during_a_lock_does_not_make_it_longer() -> None:
    guess(10)
    let_time_pass(minutes=59)
    assert set(guess(5)) == {429}
    let_time_pass(minutes=2)
    assert sign_in(PASSWORD) == 302


def test_another_browser_does_not_begin_the_count_anew() -> None:
    guess(5)
    guess(5, agent="another")
    assert sign_in(PASSWORD, agent="a third") == 429


def test_one_password_on_many_accounts_is_stopped_by_address() -> None:
    statuses = [sign_in("one password", email=f"p{n}@test.example") for n in range(30)]
    assert statuses[:19] == [200] * 19
    assert set(statuses[20:]) == {429}
    assert sign_in(PASSWORD) == 429
    assert sign_in(PASSWORD, address=ELSEWHERE) == 302


def test_a_guesser_with_many_addresses_is_stopped_and_the_owner_s_place_is_not() -> None:
    assert sign_in(PASSWORD, address=ELSEWHERE) == 302
    for n in range(25):
        guess(4, address=f"203.0.113.{n}")
    assert sign_in(PASSWORD, address="203.0.113.200") == 429
    assert sign_in(PASSWORD, address=ELSEWHERE) == 302


def test_a_forged_forwarding_header_gives_no_new_tries() -> None:
    guess(10)
    form = {"username": "ana@test.example", "password": PASSWORD}
    answer = Client().post("/sign-in/", form, HTTP_X_FORWARDED_FOR="9.9.9.9", REMOTE_ADDR=HERE)
    assert answer.status_code == 429


def test_behind_a_proxy_visitors_have_limits_of_their_own(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    form = {"username": "ana@test.example", "password": "wrong password"}
    for _ in range(10):
        Client().post("/sign-in/", form, HTTP_X_FORWARDED_FOR="203.0.113.5")
    right = {**form, "password": PASSWORD}
    assert Client().post("/sign-in/", right, HTTP_X_FORWARDED_FOR="203.0.113.5").status_code == 429
    assert Client().post("/sign-in/", right, HTTP_X_FORWARDED_FOR="203.0.113.6").status_code == 302


def test_signing_in_forgets_earlier_mistakes() -> None:
    guess(9)
    assert sign_in(PASSWORD) == 302
    assert set(guess(9)) == {200}


@pytest.mark.parametrize("name", ["a" * 5_000, "a\0b@test.example"])
def test_a_name_that_nobody_has_is_refused_like_any_other(name: str) -> None:
    assert Client().post("/sign-in/", {"username": name, "password": "x"}).status_code == 200


def test_the_command_unlocks_and_leaves_a_line(ana: User) -> None:
    guess(10)
    answer = CliRunner().invoke(main, ["unlock", "Ana@test.example"])
    assert answer.exit_code == 0, answer.output
    assert "10 wrong passwords were forgotten" in answer.output
    assert sign_in(PASSWORD) == 302
    line = StaffAct.objects.get()
    assert (line.act, line.subject, line.user) == ("unlock", f"person:{ana.pk}", None)


def test_the_command_lets_in_who_lost_their_second_factor_and_tells_them(ana: User) -> None:
    Authenticator.objects.create(user=ana, type=Authenticator.Type.TOTP, data={"secret": "x"})
    words = ["unlock", "ana@test.example", "--second-factor", "--reason", "phone lost"]
    answer = CliRunner().invoke(main, words)
    assert "Their second factor is removed" in answer.output
    assert not Authenticator.objects.exists()
    line = StaffAct.objects.get(act="remove-second-factor")
    assert (line.subject, line.reason) == (f"person:{ana.pk}", "phone lost")
    assert AccountEmail.objects.get(user=ana).kind == "second-factor-off"
    assert "have no second factor" in CliRunner().invoke(main, words).output


def test_the_command_says_so_when_it_knows_nobody_of_that_address() -> None:
    answer = CliRunner().invoke(main, ["unlock", "nobody@test.example"])
    assert answer.exit_code == 2
    assert "Nobody here" in answer.output


@pytest.mark.parametrize(
    ("role", "unlocks"),
    [("support", True), ("operator", True), ("finance", False), ("moderator", False)],
)
def test_support_and_operators_unlock_in_the_console(role: str, unlocks: bool) -> None:
    staff = User.objects.create_user("olga@test.example", "Olga", PASSWORD, role)
    guess(10)
    client = Client()
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    assert (b"ana@test.example" in client.get("/console/locked/").content) is unlocks
    form = {"email": "ana@test.example", "reason": "she called"}
    assert client.post("/console/locked/", form).status_code == (302 if unlocks else 404)
    assert sign_in(PASSWORD) == (302 if unlocks else 429)
    assert StaffAct.objects.filter(act="unlock").exists() is unlocks
    assert (
        isinstance(unlock_sign_in("ana@test.example", staff, "", clock_now()), Refused)
        is not unlocks
    )
