"""From a post's row to the frozen facts that the rules are told."""

from __future__ import annotations

from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Job
from connects.vocabulary.facts import Demand, JobFacts, JobKind, Level, Range


def facts_of(job: Job) -> JobFacts:
    """What the pricing rules see of a post."""
    return JobFacts(
        kind=JobKind(job.kind),
        budget_cents=job.budget_cents,
        hourly_min_cents=job.hourly_min_cents,
        hourly_max_cents=job.hourly_max_cents,
        duration_days=_range(job.duration_least_days, job.duration_most_days),
        hours_per_week=_range(job.hours_least, job.hours_most),
        level=Level(job.level) if job.level else None,
        category=job.category or None,
        client_payment_verified=job.client_payment_verified,
        client_posts_ended=job.client_posts_ended,
        client_left_open=job.client_left_open,
    )


def _range(least: int | None, most: int | None) -> Range | None:
    return None if least is None else Range(least, most)


def demand_of(job: Job) -> Demand:
    """The demand at which the post's price was fixed."""
    return Demand(job.demand_index_thousandths, job.demand_jobs)


def fields_of(job: Job) -> JobFields:
    """What the client wrote, as an edit begins with it."""
    facts = facts_of(job)
    return JobFields(
        title=job.title,
        description=job.description,
        kind=facts.kind,
        budget_cents=facts.budget_cents,
        hourly_min_cents=facts.hourly_min_cents,
        hourly_max_cents=facts.hourly_max_cents,
        duration=facts.duration_days,
        hours_per_week=facts.hours_per_week,
        level=facts.level,
        category=job.category,
    )
