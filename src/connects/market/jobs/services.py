"""Posting and editing jobs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.activity import expiry, next_silence, note_activity
from connects.market.jobs.demand import demand_for
from connects.market.jobs.ending import open_job
from connects.market.jobs.fields import JobFields, problems_of
from connects.market.jobs.models import Cloud, DemandByHand, Job, JobRevision
from connects.market.jobs.prices import fix_price
from connects.market.jobs.records import NOBODY, records_of
from connects.market.members.selectors import rule_book_of
from connects.market.moderation.detection import look_at
from connects.market.people.models import Account
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import Demand
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import RefusalCode, Refused


def _invalid(post: JobFields) -> Refused | None:
    problems = problems_of(post)
    if not problems:
        return None
    first = problems[0]
    return Refused(
        RefusalCode.INVALID, {"problem": first.code, "field": first.field, **first.parameters}
    )


def preview(post: JobFields, client: Account) -> Price | Refused:
    """The price that the post would get if it went live now."""
    now = clock_now()
    demand = demand_for(post.category.strip(), now)
    record = records_of([client.pk], now).get(client.pk, NOBODY)
    facts = replace(
        post.facts(client.payment_verified),
        client_posts_ended=record.left_open.cases,
        client_left_open=record.left_open.hits,
    )
    return _invalid(post) or price(facts, rule_book_of(client, now), demand)


def post(post_fields: JobFields, client: Account, cloud: Cloud | None = None) -> Job | Refused:
    """Publish a post; its price is fixed now, with demand as it is now (RULES 2.5).

    A `cloud` keeps it to the cloud's members. Refused with `not_allowed` (only clients post, and none
    that is suspended) or `invalid`.
    """
    if client.kind != AccountKind.CLIENT:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "clients_only"})
    if client.suspended is not None:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "suspended"})
    if cloud is not None and cloud.client_id != client.pk:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "not_yours"})
    invalid = _invalid(post_fields)
    if invalid is not None:
        return invalid
    now = clock_now()
    with transaction.atomic():
        demand = demand_for(post_fields.category.strip(), now)
        book = rule_book_of(client, now)
        unpriceable = _unpriceable(post_fields, client, demand, now)
        if unpriceable is not None:
            return unpriceable
        record = records_of([client.pk], now).get(client.pk, NOBODY)
        job = Job.objects.create(
            client=client,
            client_posts_ended=record.left_open.cases,
            client_left_open=record.left_open.hits,
            client_payment_verified=client.payment_verified,
            demand_index_thousandths=demand.index_thousandths,
            demand_jobs=demand.jobs,
            posted=now,
            cloud=cloud,
            client_active=now,
            silence_due=next_silence(book.posts, now, 0),
            expires=expiry(book.posts, now),
            **post_fields.columns(),
        )
        _note_revision(job, post_fields, now)
        look_at(job, fix_price(job, book, now), now)
        return job


def _unpriceable(
    post_fields: JobFields, client: Account, demand: Demand, now: datetime
) -> Refused | None:
    answer = price(post_fields.facts(client.payment_verified), rule_book_of(client, now), demand)
    return answer if isinstance(answer, Refused) else None


def _note_revision(job: Job, post_fields: JobFields, now: datetime) -> None:
    JobRevision.objects.create(job=job, number=job.revision, fields=post_fields.columns(), made=now)


def edit(job: Job, post_fields: JobFields, client: Account) -> Job | Refused:
    """Change a post; later proposals pay the new price, earlier ones stay as they are.

    An edit that changes nothing makes no revision. Refused with `not_allowed`, `job_closed` or
    `invalid`.
    """
    invalid = _invalid(post_fields)
    if invalid is not None:
        return invalid
    now = clock_now()
    with transaction.atomic():
        locked = open_job(job, client)
        if isinstance(locked, Refused):
            return locked
        columns = post_fields.columns()
        if all(getattr(locked, name) == value for name, value in columns.items()):
            return locked
        demand = demand_for(post_fields.category.strip(), now)
        unpriceable = _unpriceable(post_fields, client, demand, now)
        if unpriceable is not None:
            return unpriceable
        _set(locked, columns)
        locked.demand_index_thousandths = demand.index_thousandths
        locked.demand_jobs = demand.jobs
        locked.revision += 1
        locked.save()
        book = rule_book_of(client, now)
        note_activity(locked, book, now)
        _note_revision(locked, post_fields, now)
        fix_price(locked, book, now)
        return locked


def _set(row: Model, columns: dict[str, object]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)


def set_demand(category: str, index_thousandths: int) -> None:
    """Set a category's demand index by hand (1,000 is the market's average)."""
    DemandByHand.objects.update_or_create(
        category=category, defaults={"index_thousandths": index_thousandths}
    )
