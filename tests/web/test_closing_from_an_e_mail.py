"""A reminder closes a job by one click: signed, confirmed on a page, and of no use to anyone else."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from connects.acts.jobs import end, publish, take_down
from connects.acts.notices.send_emails import send_emails
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.jobs.close_links import CloseLink, token_of
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Job
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal
from connects.vocabulary.facts import JobKind
from tests.market.people import NOON, Town, town
from tests.web.confirming import confirm, shown_in

pytestmark = pytest.mark.django_db

REMINDED = NOON + timedelta(days=14)


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def link(here: Town, written: datetime = NOON) -> str:
    return f"/posts/close-from-e-mail/{token_of(CloseLink(here.job.public_id, 1, written))}/"


def signed_in(account: Account) -> Client:
    client = Client()
    user = User.objects.get(email=f"{account.handle}@test.example")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def is_open(here: Town) -> bool:
    return Job.objects.get(pk=here.job.pk).status == "open"


def test_the_reminder_says_what_closing_gives_back_and_closes_by_its_link(
    here: Town, settings: Any
) -> None:
    settings.SENDS_LETTERS = True
    with held_at(REMINDED):
        run(REMINDED)
        send_emails(REMINDED)
        (message,) = (
            sent for sent in mail.outbox if re.search("waits? for you", str(sent.subject))
        )
        assert "If you close it without hiring, 1 freelancer gets 4 Connects back." in message.body
        found = re.search(r"Close it without hiring: \S+?(/posts/\S+)", str(message.body))
        assert found is not None

        page = Client().get(found[1])
        assert "4 Connects go back to 1 freelancer" in page.content.decode()
        assert is_open(here)
        shown = shown_in(page.content.decode())
        done = Client().post(found[1], {"confirmed": shown}, follow=True)

    assert "“Draw a logo” is closed. 4 Connects go back to 1 freelancer." in done.content.decode()
    assert not is_open(here)
    assert Proposal.objects.get(pk=here.proposal.pk).returned == 4


def test_reminders_go_on_as_long_as_the_job_is_open(here: Town) -> None:
    later = NOON + timedelta(days=71)
    with held_at(later):
        run(later)

    assert OutboxEvent.objects.filter(code="post-waiting").count() == 5
    end.close(here.job, here.client, CloseReason.NOT_HIRING)
    with held_at(later + timedelta(days=60)):
        run(later + timedelta(days=60))
    assert OutboxEvent.objects.filter(code="post-waiting").count() == 5


def test_opening_the_link_closes_nothing(here: Town) -> None:
    assert Client().get(link(here)).status_code == 200
    assert is_open(here)


def test_a_link_that_is_used_twice_says_that_it_is_done(here: Town) -> None:
    confirm(Client(), link(here), {})
    assert not is_open(here)

    for again in (Client().get(link(here)), Client().post(link(here), {"confirmed": "x"})):
        assert again.status_code == 409
        assert "This job is closed already" in again.content.decode()
    assert Proposal.objects.get(pk=here.proposal.pk).returned == 4


def test_somebody_else_closes_nothing_with_it(here: Town) -> None:
    for other in (here.stranger, here.freelancer):
        answer = confirm(signed_in(other), link(here), {})
        assert answer.status_code == 409
        assert "This link is for somebody else" in answer.content.decode()
    assert is_open(here)


def test_a_job_that_changed_since_is_not_closed_by_an_old_link(here: Town) -> None:
    fields = JobFields(
        title="Draw two logos", kind=JobKind.FIXED, budget_cents=900_00, category="Design"
    )
    publish.edit(here.job, fields, here.client)

    answer = confirm(Client(), link(here), {})

    assert answer.status_code == 409
    assert "This job has changed since the e-mail" in answer.content.decode()
    assert is_open(here)


def test_a_job_that_ended_otherwise_says_so(here: Town) -> None:
    take_down.remove_job(here.job, None, "a copy")

    answer = Client().get(link(here))

    assert answer.status_code == 409
    assert "This job has ended" in answer.content.decode()


def test_an_old_link_says_that_it_is_too_old(here: Town) -> None:
    answer = confirm(Client(), link(here, NOON - timedelta(days=31)), {})

    assert answer.status_code == 409
    assert "This link is too old" in answer.content.decode()
    assert is_open(here)


@pytest.mark.parametrize("change", ["", "x", "\u00e9", "a" * 5_000, "%00", "..", ":"])
def test_a_link_that_we_did_not_write_does_nothing(here: Town, change: str) -> None:
    token = token_of(CloseLink(here.job.public_id, 1, NOON))
    address = f"/posts/close-from-e-mail/{token[:-3]}{change}/"

    answer = Client().post(address, {"confirmed": "x"})

    assert answer.status_code == 409
    assert "This link is not whole" in answer.content.decode()
    assert is_open(here)


def test_who_proposed_since_the_page_was_read_is_shown_first(here: Town) -> None:
    shown = shown_in(Client().get(link(here)).content.decode())
    Proposal.objects.filter(pk=here.proposal.pk).update(paid=3)

    answer = Client().post(link(here), {"confirmed": shown})

    assert answer.status_code == 409
    assert "This has changed since you looked" in answer.content.decode()
    assert is_open(here)
