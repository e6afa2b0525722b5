"""E-mails about access go the way of all others, and their secret links are forgotten."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from connects.acts.notices.send_account_emails import (
    clear_account_emails,
    send_account_emails,
    write_account_email,
)
from connects.bootstrap.clock import held_at
from connects.market.notices.models import AccountEmail
from connects.market.people.models import User
from connects.market.trust.models import StaffAct
from connects.statements.account_emails import AccountEmailKind, account_email_text
from tests.market.people import NOON, PASSWORD

pytestmark = pytest.mark.django_db
LINK = "/password/1-secret/"


@pytest.fixture(autouse=True)
def ana() -> Iterator[User]:
    with held_at(NOON):
        yield User.objects.create_user("ana@test.example", "Ana", PASSWORD)


def written(ana: User, kind: AccountEmailKind = AccountEmailKind.RESET) -> AccountEmail:
    return write_account_email(kind, ana.email, NOON, user=ana, link=LINK)


def test_with_a_mail_server_it_is_sent_at_once_and_its_secret_forgotten(
    ana: User, settings: Any
) -> None:
    settings.SENDS_LETTERS = True
    settings.ADDRESS = "https://connects.example"
    written(ana)
    assert send_account_emails(NOON) == 1
    assert send_account_emails(NOON) == 0
    message = mail.outbox[0]
    assert (message.to, message.subject) == (["ana@test.example"], "Set a new password")
    assert "Hello Ana," in message.body
    assert f"https://connects.example{LINK}" in message.body
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    assert f'href="https://connects.example{LINK}"' in html
    assert "&lt;" not in html
    row = AccountEmail.objects.get()
    assert (row.state, row.link) == ("sent", "")


def test_a_server_that_is_away_is_tried_again_and_given_up_on_in_the_end(
    ana: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SENDS_LETTERS = True

    def refuse(*_: object) -> None:
        raise smtplib.SMTPServerDisconnected("away")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    written(ana)
    moment = NOON
    for _ in range(6):
        assert AccountEmail.objects.get().state == "waiting"
        send_account_emails(moment)
        moment += timedelta(hours=12)
    row = AccountEmail.objects.get()
    assert (row.state, row.tries) == ("dead", 6)
    assert "away" in row.error


def test_without_a_mail_server_it_is_kept_and_its_secret_runs_out(ana: User) -> None:
    row = written(ana)
    send_account_emails(NOON)
    row.refresh_from_db()
    assert (row.state, row.link) == ("kept", LINK)
    clear_account_emails(NOON + timedelta(days=2))
    row.refresh_from_db()
    assert row.link == LINK
    clear_account_emails(NOON + timedelta(days=4))
    row.refresh_from_db()
    assert row.link == ""
    clear_account_emails(NOON + timedelta(days=91))
    assert AccountEmail.objects.count() == 0


@pytest.mark.parametrize("kind", list(AccountEmailKind))
def test_every_kind_has_words(kind: AccountEmailKind) -> None:
    text = account_email_text(kind, {"account": "Ana", "lines": ["One."]})
    assert text.subject
    assert len(text.subject) <= 60
    assert all(text.lines)


def test_who_may_not_read_e_mails_finds_none_of_these(ana: User) -> None:
    number = written(ana).pk
    staff = User.objects.create_user("fay@test.example", "Fay", PASSWORD, "finance")
    client = Client()
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("", f"{number}/"):
        assert client.get(f"/console/letters/access/{page}").status_code == 404


@pytest.mark.parametrize(("role", "reads"), [("operator", True), ("support", False)])
def test_a_secret_link_is_read_by_operators_alone_and_leaves_a_line(
    ana: User, role: str, reads: bool
) -> None:
    number = written(ana).pk
    send_account_emails(NOON)
    staff = User.objects.create_user("olga@test.example", "Olga", PASSWORD, role)
    client = Client()
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/console/letters/access/{number}/"
    assert LINK.encode() not in client.get(address).content
    assert b"ana@test.example" in client.get("/console/letters/access/").content
    assert client.post(address, {"reason": ""}).status_code == 409
    answer = client.post(address, {"reason": "she called from her number"})
    assert (LINK.encode() in answer.content) is reads
    assert answer.status_code == (200 if reads else 409)
    acts = [(act.act, act.subject) for act in StaffAct.objects.all()]
    assert acts == ([("read-account-link", f"account-email:{number}")] if reads else [])
    assert client.get("/console/letters/access/99999/").status_code == 404
