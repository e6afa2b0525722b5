"""Letters reach their people once, over a real socket, whatever the mail server does."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from connects.acts.jobs.end import close
from connects.acts.notices.choose_emails import choose_emails
from connects.acts.notices.send_emails import BACK_OFF, message_of, send_emails
from connects.acts.proposals.invite import invite_to_job
from connects.acts.rules.move_accounts import enrol
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.jobs.models import CloseReason
from connects.market.notices.models import NoticeEmail, NoticeEmailState
from connects.market.people.models import Account, User
from connects.project.mail import SmtpServer, smtp_server
from connects.statements.notices.groups import GROUPS, How
from connects.statements.notices.table import NOTICE_KINDS
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, posted, proposed, registered
from tests.servers.smtp import Postbox, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.SENDS_LETTERS = True
        yield running


def told(*names: str) -> list[Account]:
    """Members who are told of other rules."""
    with held_at(NOON):
        accounts = [registered(name, AccountKind.FREELANCER, "upwork-2018") for name in names]
        for account in accounts:
            enrol(account, "upwork-2019-05")
        run(NOON)
    return accounts


def test_who_is_told_of_other_rules_gets_one_e_mail_a_week_ahead(postbox: Postbox) -> None:
    told("ana", "ben")

    assert send_emails(NOON) == 2
    assert send_emails(NOON + timedelta(days=1)) == 0

    assert [email["To"] for email in postbox.emails] == ["ana@test.example", "ben@test.example"]
    first = postbox.emails[0]
    assert first["Subject"] == "You move to Paid Connects on 27 May 2019"
    text = first.get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "Hello Ana" in text
    assert "On 27 May 2019, 12:00 UTC your account moves to" in text
    assert first.get_payload(1).get_content_type() == "text/html"  # type: ignore[union-attr]


@pytest.mark.parametrize("behaviour", ["refuse", "drop"])
def test_a_server_that_fails_is_tried_again_later_and_later_under_the_same_name(
    postbox: Postbox, behaviour: str
) -> None:
    told("ana")
    postbox.behaviour = behaviour

    assert send_emails(NOON) == 1
    assert send_emails(NOON + BACK_OFF[0] - timedelta(seconds=1)) == 0
    email = NoticeEmail.objects.get()
    assert email.state == NoticeEmailState.WAITING
    assert email.error
    postbox.behaviour = "take"
    assert send_emails(NOON + BACK_OFF[0]) == 1

    (sent,) = postbox.emails
    assert sent["Message-ID"] == f"<{email.event_id}.{email.user_id}@connects>"


def test_an_e_mail_that_no_server_accepts_dies_and_can_be_retried(
    postbox: Postbox, settings: Any
) -> None:
    told("ana")
    settings.EMAIL_PORT = 1  # nobody listens there
    now = NOON
    for wait in (*BACK_OFF, timedelta()):
        assert send_emails(now) == 1
        now += wait
    email = NoticeEmail.objects.get()
    assert email.state == NoticeEmailState.DEAD

    settings.EMAIL_PORT = postbox.port
    olga = User.objects.create_user("olga@test.example", "Olga", None, Role.OPERATOR.value)
    client = Client()
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    assert b"dead" in client.get("/console/letters/?state=dead").content
    with held_at(now):
        client.post(f"/console/letters/{email.pk}/")
    assert send_emails(now) == 1
    assert len(postbox.emails) == 1


def test_without_a_server_e_mails_are_kept_to_be_read() -> None:
    told("ana")

    assert send_emails(NOON) == 1

    email = NoticeEmail.objects.get()
    assert email.state == NoticeEmailState.SENT
    olga = User.objects.create_user("olga@test.example", "Olga", None, Role.OPERATOR.value)
    client = Client()
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    body = client.get(f"/console/letters/{email.pk}/").content.decode()
    assert "You move to Paid Connects on 27 May 2019" in body


def test_a_name_with_a_line_break_adds_no_header(postbox: Postbox) -> None:
    (ana,) = told("ana")
    User.objects.filter(memberships__account=ana).update(name="Ana\r\nBcc: eve@test.example")

    send_emails(NOON)

    (sent,) = postbox.emails
    assert sent["Bcc"] is None
    assert sent["To"] == "ana@test.example"


def test_who_cannot_sign_in_any_more_gets_no_letter() -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER, "upwork-2018")
        User.objects.update(is_active=False)
        enrol(ana, "upwork-2019-05")
        run(NOON)

    assert not NoticeEmail.objects.exists()


def test_the_mail_servers_address_is_read_with_care() -> None:
    assert smtp_server("") is None
    assert smtp_server("smtp://ana:p%40ss@mail.example:587?tls=1") == SmtpServer(
        "mail.example", 587, "ana", "p@ss", tls=True, smtps=False
    )
    assert smtp_server("smtps://mail.example") == SmtpServer(
        "mail.example", 465, "", "", tls=False, smtps=True
    )


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://m:x"])
def test_a_bad_address_of_a_mail_server_says_what_was_expected(url: str) -> None:
    with pytest.raises(ValueError, match="CONNECTS_SMTP"):
        smtp_server(url)


def test_a_person_chooses_what_comes_at_once_together_or_not_at_all(postbox: Postbox) -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
        acme = registered("acme", AccountKind.CLIENT)
        user = User.objects.get(memberships__account=ana)
        choose_emails(user, "work", How.DIGEST)
        choose_emails(user, "returns", How.NEVER)
        choose_emails(User.objects.get(memberships__account=acme), "work", How.NEVER)
        for number in range(3):
            job = posted(acme, f"Job {number}")
            invite_to_job(job, ana, acme)
        paid = posted(acme, "Paid")
        proposed(paid, ana)
        close(paid, acme, CloseReason.NOT_HIRING)
        run(NOON)

    morning = NOON.replace(hour=8) + timedelta(days=1)
    assert send_emails(morning - timedelta(seconds=1)) == 0
    assert send_emails(morning) == 1
    assert send_emails(morning + timedelta(days=1)) == 0

    (digest,) = postbox.emails
    assert digest["Subject"] == "You have 4 new notices"
    text = digest.get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert text.count("Acme invites you") == 3
    assert "You proposed to “Paid”. Acme closed it without hiring anybody" in text
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = "".join(digest["List-Unsubscribe"].split()).strip("<>")
    assert f"Stop e-mails like this: {stop}" in text


def test_changes_of_the_rules_cannot_be_switched_off() -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
    user = User.objects.get(memberships__account=ana)

    assert isinstance(choose_emails(user, "rules", How.NEVER), Refused)
    assert isinstance(choose_emails(user, "nothing", How.AT_ONCE), Refused)
    assert not isinstance(choose_emails(user, "rules", How.DIGEST), Refused)


def test_every_notice_belongs_to_a_group() -> None:
    assert {code for group in GROUPS for code in group.codes} == set(NOTICE_KINDS)


def text_and_html(email: NoticeEmail) -> tuple[str, str]:
    message = message_of(email)
    return str(message.body), str(message.alternatives[0][0])


def seen_in(html: str) -> list[str]:
    """The paragraphs that a reader sees."""
    parts = re.findall(r"<p>(.*?)</p>", html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", part)) for part in parts]


def test_text_and_html_say_the_same_a_paragraph_for_each_notice(postbox: Postbox) -> None:
    (ana,) = told("ana")
    for group in GROUPS:
        choose_emails(User.objects.get(memberships__account=ana), group.name, How.DIGEST.value)
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT)
        for title in ("<b>Logos</b> & more", "Draw “a” logo"):
            invite_to_job(posted(acme, title), ana, acme)
        run(NOON)
    send_emails(NOON + timedelta(days=1))
    emails = list(NoticeEmail.objects.filter(digest_of=None).order_by("id"))
    assert [email.parts.count() for email in emails] == [0, 1]

    for email in emails:
        text, html = text_and_html(email)
        told_in_text = [" ".join(part.split()) for part in text.split("\n\n") if part]
        told_in_text = [re.sub(r": https?://\S+$", "", part) for part in told_in_text]
        stop = ["Stop e-mails like this"] if "/unsubscribe/" in html else []
        ends = ["Your notices", "Choose what we e-mail you", *stop]
        assert seen_in(html) == [*told_in_text[:-1], *ends]
        for link in re.findall(r"https?://\S+", text):
            assert f'href="{link}"' in html


def test_an_e_mail_that_was_sent_or_waits_is_not_sent_again(postbox: Postbox) -> None:
    told("ana")
    olga = User.objects.create_user("olga@test.example", "Olga", None, Role.OPERATOR.value)
    client = Client()
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    email = NoticeEmail.objects.get()
    address = f"/console/letters/{email.pk}/"
    assert client.post(address).status_code == 404  # it waits already

    assert send_emails(NOON) == 1
    assert client.post(address).status_code == 404
    assert send_emails(NOON + timedelta(days=1)) == 0
    assert len(postbox.emails) == 1
