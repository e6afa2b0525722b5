"""A post that was removed for the terms: its client is told why, and does not publish it unchanged."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from connects.acts.accounts.register import join
from connects.acts.jobs import end
from connects.acts.jobs import publish as jobs
from connects.acts.staff import moderate as moderation
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Job
from connects.market.notices.models import Notice, NoticeEmail
from connects.market.people.models import Account, User
from connects.statements.notices.table import notice_text
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db
SAID = JobFields(
    title="Write me five reviews",
    description="Five stars each, please. No questions!",
    kind=JobKind.FIXED,
    budget_cents=50_00,
)


@pytest.fixture
def acme() -> Iterator[Account]:
    with held_at(NOON):
        yield registered("acme", AccountKind.CLIENT)


def removed(client: Account, reason: str = "It asks for false reviews") -> Job:
    job = jobs.post(SAID, client)
    assert isinstance(job, Job), job
    assert isinstance(moderation.uphold_flags(job, None, reason), Job)
    return job


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


@pytest.mark.parametrize(
    "again",
    [
        SAID,
        replace(SAID, title="  WRITE me, five reviews!! "),
        replace(SAID, title="Write me five re\u200bviews"),
        replace(SAID, description="five stars each - please... no questions"),
        replace(SAID, title="Ｗrite me five reviews", category="Writing"),
    ],
)
def test_what_was_removed_is_not_published_again_unchanged(acme: Account, again: JobFields) -> None:
    job = removed(acme)
    answer = jobs.post(again, acme)

    assert problem(answer) == "removed_before"
    assert isinstance(answer, Refused)
    assert answer.parameters["job"] == job.public_id


def test_nor_by_editing_another_post_into_it_or_from_another_account(acme: Account) -> None:
    removed(acme)
    other = registered("other", AccountKind.CLIENT)
    join(User.objects.get(memberships__account=acme), other, Role.CLIENT)
    harmless = jobs.post(replace(SAID, title="Write a poem"), acme)
    assert isinstance(harmless, Job)

    assert problem(jobs.edit(harmless, SAID, acme)) == "removed_before"
    assert problem(jobs.post(SAID, other)) == "removed_before"


def test_what_was_changed_and_what_only_ended_are_published(acme: Account) -> None:
    removed(acme)
    changed = replace(SAID, description="Read five texts and tell me what you think of them.")
    first = jobs.post(changed, acme)
    assert isinstance(first, Job)
    end.close(first, acme, CloseReason.NOT_HIRING)

    assert isinstance(jobs.post(changed, acme), Job)
    assert isinstance(jobs.post(replace(SAID, budget_cents=60_00), acme), Job)
    assert isinstance(jobs.post(SAID, registered("stranger", AccountKind.CLIENT)), Job)


def test_the_client_is_told_that_and_why(acme: Account) -> None:
    job = removed(acme)
    run(NOON)
    told = Notice.objects.get(account=acme, code="post-removed")
    client = Client()
    user = User.objects.get(memberships__account=acme)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert "It asks for false reviews" in notice_text(told.code, told.parameters)
    assert NoticeEmail.objects.filter(event=told.event, user=user).exists()
    assert f'href="/posts/{job.public_id}/"' in client.get("/notices/").content.decode()
    page = client.get(f"/posts/{job.public_id}/").content.decode()
    assert "It asks for false reviews" in page
    assert f"/posts/new/?again={job.public_id}" in page
    sent = client.post(
        "/posts/new/",
        {
            "title": SAID.title,
            "description": SAID.description,
            "kind": "fixed",
            "budget": "50",
        },
    )
    assert "because it broke our rules" in sent.content.decode()
