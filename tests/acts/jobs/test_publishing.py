"""A post goes live with a price that is fixed then; an edit re-prices later proposals only."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from connects.acts.jobs import publish, set_demand
from connects.acts.jobs.end import close
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.staff.moderate import suspend
from connects.bootstrap.clock import held_at
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Cloud, Job, JobRevision
from connects.market.jobs.prices import price_for
from connects.market.people.models import Account
from connects.policy.shelf import shipped
from connects.pricing.explained import ExplainedPrice
from connects.vocabulary.facts import JobKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.market.people import NOON, Town, proposed, town

pytestmark = pytest.mark.django_db

BOOK = shipped("upwork-2019-05")
LOGO = JobFields(title="Draw a sign", kind=JobKind.FIXED, budget_cents=30_00, category="Design")


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def published(client: Account, cloud: Cloud | None = None, **changes: Any) -> Job:
    with held_at(NOON):
        answer = publish.post(replace(LOGO, **changes), client, cloud)
    assert isinstance(answer, Job), answer
    return answer


def refusal(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


def connects(job: Job) -> int:
    job.refresh_from_db()
    return price_for(job, BOOK).connects


def test_a_post_is_kept_as_it_was_written_with_its_first_revision(here: Town) -> None:
    job = published(here.client, title="  Draw a sign ", description=" Large. ")

    assert (job.title, job.description, job.budget_cents) == ("Draw a sign", "Large.", 30_00)
    assert (job.posted, job.client_active, job.revision) == (NOON, NOON, 1)
    (revision,) = JobRevision.objects.filter(job=job)
    assert revision.fields["title"] == "Draw a sign"


@pytest.mark.parametrize("kind", ["freelancer", "agency"])
def test_only_clients_post(here: Town, kind: str) -> None:
    account: Account = getattr(here, kind)

    assert refusal(publish.post(LOGO, account)) == "clients_only"
    assert refusal(publish.preview(LOGO, account)) == "clients_only"


def test_who_is_suspended_posts_nothing(here: Town) -> None:
    with held_at(NOON):
        suspend(here.client, None, "a fraud")
        assert refusal(publish.post(LOGO, here.client)) == "suspended"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [({"title": " "}, "required"), ({"budget_cents": 0}, "not_positive"), ({"title": "\0x"}, None)],
)
def test_a_post_that_cannot_be_meant_is_refused(
    here: Town, changes: dict[str, Any], problem: str | None
) -> None:
    before = Job.objects.count()
    found = refusal(publish.post(replace(LOGO, **changes), here.client))

    assert problem is None or found == problem
    assert Job.objects.count() == before


def test_a_circle_of_somebody_else_keeps_no_post(here: Town) -> None:
    with held_at(NOON):
        cloud = make_cloud("Best", here.stranger, [here.freelancer])
    assert isinstance(cloud, Cloud)

    assert refusal(publish.post(LOGO, here.client, cloud)) == "not_yours"


def test_demand_is_that_of_the_hour_in_which_the_post_went_live(here: Town) -> None:
    quiet = published(here.client)
    set_demand.set_demand("Design", 5_000)
    busy = published(here.client, title="Paint a wall")
    set_demand.set_demand("Design", 0)

    assert (connects(quiet), connects(busy)) == (1, 2)


def test_a_preview_is_what_publishing_then_costs(here: Town) -> None:
    for budget in (30_00, 300_00, 3_000_00):
        fields = replace(LOGO, title=f"Work for {budget}", budget_cents=budget)
        with held_at(NOON):
            told = publish.preview(fields, here.client)
        assert isinstance(told, ExplainedPrice)
        assert told.price.connects == connects(
            published(here.client, title=fields.title, budget_cents=budget)
        )


def test_a_preview_may_ask_under_other_rules_and_publishes_nothing(here: Town) -> None:
    before = Job.objects.count()
    told = publish.preview(LOGO, here.client, "freelancer-com")

    assert isinstance(told, ExplainedPrice)
    assert (told.price.connects, told.book.name) == (1, "freelancer-com")
    refused = publish.preview(LOGO, here.client, "no-such-book")
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.RULE_BOOK_UNKNOWN
    assert Job.objects.count() == before


def test_an_edit_prices_later_proposals_and_leaves_earlier_ones(here: Town) -> None:
    job = published(here.client)
    with held_at(NOON):
        first = proposed(job, here.freelancer, "k1")
        changed = publish.edit(job, replace(LOGO, budget_cents=3_000_00), here.client)
    assert isinstance(changed, Job)

    assert (first.paid, first.revision) == (1, 1)
    assert (connects(changed), changed.revision) == (5, 2)
    first.refresh_from_db()
    assert first.paid == 1
    assert JobRevision.objects.filter(job=job).count() == 2


def test_an_edit_costs_what_its_preview_said_though_the_client_has_changed_since(
    here: Town,
) -> None:
    Account.objects.filter(pk=here.client.pk).update(payment_verified=False, told_posts_ended=0)
    client = Account.objects.get(pk=here.client.pk)
    job = published(client)
    Account.objects.filter(pk=client.pk).update(
        payment_verified=True, told_posts_ended=20, told_left_open=10, told_hires=5
    )
    client.refresh_from_db()
    more = replace(LOGO, budget_cents=900_00)

    for name in ("upwork-2023", "upwork-2025", "fair-2026"):
        with held_at(NOON + timedelta(days=3)):
            told = publish.preview(more, client, name)
            job = publish.edit(job, more, client)  # type: ignore[assignment]
        assert isinstance(told, ExplainedPrice)
        assert price_for(job, shipped(name)).connects == told.price.connects, name
    assert (job.client_payment_verified, job.client_posts_ended, job.client_left_open) == (
        *(True, 20, 10),
    )


def test_an_edit_that_changes_nothing_makes_no_revision(here: Town) -> None:
    job = published(here.client)
    with held_at(NOON + timedelta(days=1)):
        answer = publish.edit(job, replace(LOGO, title=" Draw a sign "), here.client)

    assert isinstance(answer, Job)
    assert (answer.revision, answer.client_active) == (1, NOON)


def test_only_its_client_edits_a_post_and_only_while_it_is_open(here: Town) -> None:
    job = published(here.client)
    changed = replace(LOGO, title="Paint a sign")

    with held_at(NOON):
        assert refusal(publish.edit(job, changed, here.stranger)) == "not_yours"
        assert refusal(publish.edit(job, replace(LOGO, title=""), here.client)) == "required"
        close(job, here.client, CloseReason.NOT_HIRING)
        assert refusal(publish.edit(job, changed, here.client)) == "own_job_over"
    job.refresh_from_db()
    assert (job.title, job.revision) == ("Draw a sign", 1)
