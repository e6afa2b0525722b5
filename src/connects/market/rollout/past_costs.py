"""What the proposals of the last ninety days cost, and would have cost under another rule book.

Each revision of each post is priced once under the other rule book, however many proposed to it; a
proposal that was free stays free. Prices are those of the card: what a rule book takes off for
newcomers is not in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from connects.market.jobs.facts import demand_of, estimate_of, facts_of
from connects.market.jobs.models import Job, JobRevision
from connects.market.proposals.models import Proposal
from connects.policy.terms import RuleBook
from connects.pricing.quote import Price, price
from connects.vocabulary.amounts import Connects

WINDOW = timedelta(days=90)
CHUNK = 5_000


@dataclass(slots=True)
class PastCost:
    """One account's proposals in the window: how many, what was paid, what would have been."""

    proposals: int = 0
    paid: Connects = 0
    would_pay: Connects = 0


def past_costs(book: RuleBook, now: datetime) -> dict[int, PastCost]:
    """By account, for everyone who proposed in the window."""
    costs: dict[int, PastCost] = defaultdict(PastCost)
    prices: dict[tuple[int, int], Connects] = {}
    rows = Proposal.objects.filter(submitted__gt=now - WINDOW, submitted__lte=now)
    columns = rows.order_by("id").values_list("account_id", "job_id", "revision", "paid")
    for chunk in _chunks(columns.iterator(CHUNK)):
        prices.update(_prices({(job, rev) for _, job, rev, _ in chunk} - prices.keys(), book))
        for account, job, revision, paid in chunk:
            cost = costs[account]
            cost.proposals += 1
            cost.paid += paid
            cost.would_pay += prices[job, revision] if paid else 0
    return dict(costs)


def _chunks(
    rows: Iterator[tuple[int, int, int, int]],
) -> Iterator[Sequence[tuple[int, int, int, int]]]:
    chunk: list[tuple[int, int, int, int]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _prices(wanted: set[tuple[int, int]], book: RuleBook) -> dict[tuple[int, int], Connects]:
    """The card's prices of these revisions of posts."""
    if not wanted:
        return {}
    jobs = Job.objects.in_bulk({job for job, _ in wanted})
    older = {(job, rev) for job, rev in wanted if jobs[job].revision != rev}
    texts = {
        (row.job_id, row.number): row.fields
        for row in JobRevision.objects.filter(job_id__in={job for job, _ in older})
        if (row.job_id, row.number) in older
    }
    return {key: _connects(_as_it_was(jobs[key[0]], texts.get(key)), book) for key in wanted}


def _as_it_was(job: Job, fields: dict[str, object] | None) -> Job:
    """The post as one of its earlier revisions said it; demand and estimate are the present one's."""
    if fields is None:
        return job
    then = copy(job)
    for column, value in fields.items():
        setattr(then, column, value)
    return then


def _connects(job: Job, book: RuleBook) -> Connects:
    answer = price(facts_of(job), book, demand_of(job), estimate_of(job))
    return answer.connects if isinstance(answer, Price) else 0
