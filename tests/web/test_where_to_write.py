"""Pages and e-mails say "write to us"; where an installation names an address, they say where."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from connects.acts.notices.outbox import deliver_outbox
from connects.acts.notices.send_account_emails import send_account_emails, write_account_email
from connects.acts.notices.send_emails import send_emails
from connects.acts.staff.moderate import suspend
from connects.bootstrap.clock import held_at
from connects.market.people.models import Account
from connects.statements.account_emails import AccountEmailKind
from tests.market.people import NOON, Town, town
from tests.web.signed_in import browser

pytestmark = pytest.mark.django_db
LINK = '<a href="mailto:help@connects.example">Write to us</a>'


@pytest.fixture
def here(settings: Any) -> Iterator[Town]:
    settings.CONTACT = "mailto:help@connects.example"
    settings.SENDS_LETTERS = True
    with held_at(NOON):
        yield town()


def test_every_page_and_help_lead_to_where_people_write(here: Town) -> None:
    assert Client().get("/rules/").content.decode().count(LINK) == 1
    assert Client().get("/help/").content.decode().count(LINK) == 2


def test_where_nothing_is_named_no_page_offers_it(here: Town, settings: Any) -> None:
    settings.CONTACT = ""

    assert "Write to us" not in Client().get("/help/").content.decode()


def test_who_is_suspended_sees_it_beside_the_notice(here: Town) -> None:
    assert isinstance(suspend(here.freelancer, here.operator, "spam"), Account)

    page = browser(here.freelancer).get("/help/").content.decode()

    assert f"Read your notices</a> · {LINK}" in page


def test_answers_to_e_mails_go_there(here: Town) -> None:
    suspend(here.freelancer, here.operator, "spam")
    deliver_outbox(NOON)
    write_account_email(AccountEmailKind.RESET, "ana@test.example", NOON, link="/x/")

    assert send_emails(NOON) > 0
    assert send_account_emails(NOON) > 0
    assert {tuple(sent.reply_to) for sent in mail.outbox} == {("help@connects.example",)}
