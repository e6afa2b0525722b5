"""The marketplace's own posts, priced under rule books and valued alike, for the fairness report."""

from __future__ import annotations

from collections.abc import Sequence

from connects.market.jobs.facts import estimate_of, facts_of
from connects.market.jobs.models import Job
from connects.market.jobs.prices import connects_under
from connects.policy.terms import RuleBook
from connects.pricing.burden import PricedPost
from connects.pricing.yardstick import Yardstick

POSTS_MOST = 2_000


def newest_posts_priced(
    books: Sequence[RuleBook], yardstick: Yardstick
) -> dict[str, list[PricedPost]]:
    """The newest posts, at most 2,000, by the label of each rule book that prices them.

    One query for the posts, and one for all their prices.
    """
    jobs = list(Job.objects.select_related("client").order_by("-id")[:POSTS_MOST])
    worth = {job.pk: yardstick.value_cents(facts_of(job), estimate_of(job)) for job in jobs}
    costs = connects_under(jobs, books)
    return {
        book.label: [
            PricedPost(
                value_cents=worth[job.pk],
                connects=costs[book.digest][job.pk],
                kind=job.kind,
                level=job.level,
                category=job.category,
                country=job.client.country,
            )
            for job in jobs
        ]
        for book in books
    }
