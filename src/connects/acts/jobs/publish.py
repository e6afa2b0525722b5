"""Posting and editing jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet

from connects.acts.jobs.end import open_job
from connects.acts.jobs.flag_suspects import flag_if_suspect
from connects.acts.jobs.keep_skills import keep_skills
from connects.acts.jobs.measure_demand import demand_for
from connects.acts.jobs.note_activity import expires_at, next_silence, note_activity
from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.estimates import estimate_for
from connects.market.jobs.facts import estimate_columns
from connects.market.jobs.fields import JobFields, problems_of
from connects.market.jobs.models import Cloud, Job, JobRevision
from connects.market.jobs.prices import fix_price, price_for
from connects.market.jobs.records import NOBODY, records_of
from connects.market.jobs.removed import removed_before
from connects.market.jobs.told_records import told_record
from connects.market.members.editions import known_book
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.policy.terms import RuleBook
from connects.pricing.explained import ExplainedPrice, explain
from connects.pricing.quote import Price, price
from connects.vocabulary.events import Event
from connects.vocabulary.facts import Demand, Estimate, JobFacts
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid, not_allowed


def _invalid(post: JobFields) -> Refused | None:
    problems = problems_of(post)
    if not problems:
        return None
    first = problems[0]
    return invalid(first.code, field=first.field, **first.parameters)


@dataclass(frozen=True, slots=True)
class HostJob:
    """What a host says of its own post beside its facts: what it calls it, and since when it is live."""

    external_id: str
    posted: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Ground:
    """The facts on which a post's price is fixed, read once, as they are now."""

    facts: JobFacts
    demand: Demand
    estimate: Estimate | None
    record_told: bool
    book: RuleBook

    def columns(self) -> dict[str, object]:
        """All of it that a post's row keeps beside what the client wrote."""
        return {
            "client_payment_verified": self.facts.client_payment_verified,
            "client_posts_ended": self.facts.client_posts_ended,
            "client_left_open": self.facts.client_left_open,
            "client_hires": self.facts.client_hires,
            "client_record_told": self.record_told,
            "demand_index_thousandths": self.demand.index_thousandths,
            "demand_jobs": self.demand.jobs,
            **estimate_columns(self.estimate),
        }


def _ground(
    post: JobFields, client: Account, now: datetime, book: RuleBook | None = None
) -> _Ground:
    own = records_of([client.pk], now).get(client.pk, NOBODY)
    told = told_record(client, own)
    record = told or own
    facts = replace(
        post.facts(client.payment_verified),
        client_posts_ended=record.left_open.cases,
        client_left_open=record.left_open.hits,
        client_hires=record.hired.hits,
    )
    demand = demand_for(post.category.strip(), now)
    estimate = estimate_for(post, client, record, now)
    return _Ground(facts, demand, estimate, told is not None, book or rule_book_of(client, now))


def preview(
    post: JobFields, client: Account, policy: str | None = None
) -> ExplainedPrice | Refused:
    """The price that the post would get if it went live now, and what would change it.

    `policy` names another rule book than the one in force for the client. Refused with `not_allowed`
    (only clients post), `rule_book_unknown` or `invalid`.
    """
    if client.kind != AccountKind.CLIENT:
        return not_allowed(Problem.CLIENTS_ONLY)
    book = None if policy is None else known_book(policy)
    if policy is not None and book is None:
        return Refused(RefusalCode.RULE_BOOK_UNKNOWN, {"name": policy})
    wrong = _invalid(post)
    if wrong is not None:
        return wrong
    on = _ground(post, client, clock_now(), book)
    return explain(on.facts, on.book, on.demand, on.estimate)


def post(
    post_fields: JobFields,
    client: Account,
    cloud: Cloud | None = None,
    host: HostJob | None = None,
) -> Job | Refused:
    """Publish a post; its price is fixed now, with demand as it is now (docs/rules.md 2.5).

    A `cloud` keeps it to the cloud's members. A `host` may have had it for long: its silence and its age
    count from when it went live there. Refused with `not_allowed` (only clients post, none that
    is suspended, and nothing that was removed before) or `invalid`.
    """
    if client.kind != AccountKind.CLIENT:
        return not_allowed(Problem.CLIENTS_ONLY)
    suspended = suspended_problem(client)
    if suspended is not None:
        return suspended
    if cloud is not None and cloud.client_id != client.pk:
        return not_allowed(Problem.NOT_YOURS)
    refused = _invalid(post_fields) or removed_before(post_fields, client)
    if refused is not None:
        return refused
    now = clock_now()
    posted = host.posted if host is not None and host.posted is not None else now
    with transaction.atomic():
        on = _ground(post_fields, client, now)
        answer = price(on.facts, on.book, on.demand, on.estimate)
        if isinstance(answer, Refused):
            return answer
        job = Job.objects.create(
            external_id=None if host is None else host.external_id,
            client=client,
            posted=posted,
            cloud=cloud,
            client_active=posted,
            silence_due=next_silence(on.book.posts, posted, 0),
            expires=expires_at(on.book.posts, posted),
            **on.columns(),
            **post_fields.columns(),
        )
        keep_skills(job, is_new=True)
        _note_revision(job, post_fields, now)
        fixed = fix_price(job, on.book, now)
        flag_if_suspect(job, fixed, now)
        put_in_outbox([_priced(job, fixed, on.book)], now)
        return job


def _priced(job: Job, fixed: Price, book: RuleBook) -> Event:
    return Event(
        key=f"priced:{job.public_id}:{job.revision}",
        account=job.client_id,
        code="job.priced",
        parameters={
            "job": job.public_id,
            "connects": fixed.connects,
            "revision": job.revision,
            "rule_book": book.label,
        },
    )


def _note_revision(job: Job, post_fields: JobFields, now: datetime) -> None:
    JobRevision.objects.create(job=job, number=job.revision, fields=post_fields.columns(), made=now)


def edit(
    job: Job,
    post_fields: JobFields,
    client: Account,
    check: Callable[[int], None] = lambda _: None,
) -> Job | Refused:
    """Change a post; later proposals pay the new price, earlier ones stay as they are.

    The new price rests on the client's record and the demand as they are now, as its preview does. An
    edit that changes nothing makes no revision. Refused with `not_allowed`, `job_closed` or `invalid`.
    """
    wrong = _invalid(post_fields)
    if wrong is not None:
        return wrong
    now = clock_now()
    with transaction.atomic():
        locked = open_job(job, client)
        if isinstance(locked, Refused):
            return locked
        check(locked.revision)
        columns = post_fields.columns()
        if all(getattr(locked, name) == value for name, value in columns.items()):
            return locked
        refused = removed_before(post_fields, client)
        if refused is not None:
            return refused
        on = _ground(post_fields, client, now)
        answer = price(on.facts, on.book, on.demand, on.estimate)
        if isinstance(answer, Refused):
            return answer
        was = price_for(locked, on.book)
        _set(locked, {**columns, **on.columns()})
        locked.revision += 1
        locked.priced_ahead = False
        locked.save()
        keep_skills(locked)
        note_activity(locked, on.book, now)
        _note_revision(locked, post_fields, now)
        fixed = fix_price(locked, on.book, now)
        _tell_of_change(locked, was, fixed, now)
        put_in_outbox([_priced(locked, fixed, on.book)], now)
        return locked


def standing_proposals(job: Job) -> QuerySet[Proposal]:
    """The proposals whose senders hear of what happens to the job."""
    return Proposal.objects.filter(job=job).exclude(status=ProposalStatus.WITHDRAWN)


def _tell_of_change(job: Job, was: Price, price: Price, now: datetime) -> None:
    """Tell everyone whose proposal stands that the job is not what it was."""
    standing = standing_proposals(job)
    put_in_outbox(
        (
            Event(
                key=f"job-changed:{number}:{job.revision}",
                account=account,
                code="job-changed",
                parameters={
                    "job": job.public_id,
                    "title": job.title,
                    "client": job.client.name,
                    "proposal": proposal,
                    "was": was.connects,
                    "now": price.connects,
                },
            )
            for number, account, proposal in standing.values_list("pk", "account_id", "public_id")
        ),
        now,
    )


def _set(row: Model, columns: dict[str, object]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
