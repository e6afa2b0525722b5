"""What a post is taken for where no model answers: the medians that rule books bring."""

from __future__ import annotations

from connects.estimate.posts import DURATIONS, Post
from connects.policy.projection import ValueRules
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    JobFacts,
    JobKind,
    Level,
)

_SPANS = dict(
    zip(
        DURATIONS,
        (UNDER_ONE_MONTH, ONE_TO_THREE_MONTHS, THREE_TO_SIX_MONTHS, OVER_SIX_MONTHS),
        strict=True,
    )
)


def default_cents(post: Post, rules: ValueRules) -> Cents:
    """The budget or the rate that a rule book takes a post for which states none."""
    level = Level(post.level) if post.level else None
    category = post.category or None
    if post.kind is JobKind.HOURLY:
        return rules.assume.rate_of(level, category)
    length = _SPANS.get(post.duration)
    facts = JobFacts(post.kind, level=level, duration_days=length, category=category)
    return rules.similar_jobs.fixed_like(facts)
