"""The marketplace's own posts, priced under a rule book, as the fairness report takes them."""

from __future__ import annotations

from connects.market.jobs.models import Job
from connects.market.jobs.prices import prices_for
from connects.policy.terms import RuleBook
from connects.pricing.burden import PricedPost

POSTS_MOST = 5_000


def newest_posts_priced(book: RuleBook) -> list[PricedPost]:
    """The newest posts, at most 5,000, with two queries."""
    jobs = list(Job.objects.select_related("client").order_by("-id")[:POSTS_MOST])
    prices = prices_for(jobs, book)
    return [
        PricedPost(
            value_cents=prices[job.pk].value_cents,
            connects=prices[job.pk].connects,
            kind=job.kind,
            level=job.level,
            category=job.category,
            country=job.client.country,
        )
        for job in jobs
    ]
