"""Make the frozen facts that the rules need from a post's row."""

from __future__ import annotations

from connects.market.jobs.fields import JobFields, words_of
from connects.market.jobs.models import Job
from connects.vocabulary.facts import Demand, Estimate, JobFacts, JobKind, Level, Range


def facts_of(job: Job) -> JobFacts:
    """What the pricing rules see of a post."""
    kind = JobKind(job.kind)
    return JobFacts(
        kind=kind,
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
        client_hires=job.client_hires,
        description_characters=len(job.description) or job.description_characters or None,
        budget_open=job.budget_open,
        words=words_of(kind, job.title, job.description),
    )


def _range(least: int | None, most: int | None) -> Range | None:
    return None if least is None else Range(least, most)


def demand_of(job: Job) -> Demand:
    """The demand at which the post's price was fixed."""
    return Demand(job.demand_index_thousandths, job.demand_jobs)


def estimate_of(job: Job) -> Estimate | None:
    """What history said of the post when its price was fixed."""
    cents, low, high = job.estimate_cents, job.estimate_low_cents, job.estimate_high_cents
    if cents is None or low is None or high is None:
        return None
    return Estimate(cents, low, high, job.estimate_model)


def estimate_columns(estimate: Estimate | None) -> dict[str, object]:
    """The same as a row's columns."""
    return {
        "estimate_cents": estimate.cents if estimate else None,
        "estimate_low_cents": estimate.low_cents if estimate else None,
        "estimate_high_cents": estimate.high_cents if estimate else None,
        "estimate_model": estimate.model if estimate else "",
    }


def fields_of(job: Job) -> JobFields:
    """What the client wrote, as an edit begins with it."""
    facts = facts_of(job)
    return JobFields(
        title=job.title,
        description=job.description,
        kind=facts.kind,
        budget_cents=facts.budget_cents,
        budget_open=facts.budget_open,
        hourly_min_cents=facts.hourly_min_cents,
        hourly_max_cents=facts.hourly_max_cents,
        duration=facts.duration_days,
        hours_per_week=facts.hours_per_week,
        level=facts.level,
        category=job.category,
        skills=tuple(job.skills),
        description_characters=job.description_characters,
    )
