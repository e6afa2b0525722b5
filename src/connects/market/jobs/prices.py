"""A post's price under each rule book: fixed when the post goes live or is edited.

The facts, the demand and what history says stand still with the revision, so the price under any rule
book is the same whenever it is asked for; it is stored when it first is, to be shown and checked later.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from connects.market.by_lists import Asked, ByLists, Row
from connects.market.compiled import Compiled
from connects.market.jobs.facts import demand_of, estimate_of, facts_of
from connects.market.jobs.models import Job, JobPrice
from connects.policy.terms import RuleBook
from connects.pricing.edits import edits
from connects.pricing.explained import ExplainedPrice
from connects.pricing.quote import Price, price
from connects.pricing.reasons import TOLD_BY_HOST
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import Parameter, Reason, Refused


def priced(job: Job, book: RuleBook) -> Price:
    """The price of a proposal to the post's present revision."""
    answer = price(facts_of(job), book, demand_of(job), estimate_of(job))
    assert not isinstance(answer, Refused), f"job {job.pk} was published without a price"
    return replace(answer, reasons=(*answer.reasons, *_told_by_host(job)))


def _told_by_host(job: Job) -> Iterator[Reason]:
    """What the price was told of the client on the word of the host alone."""
    if job.client_record_told:
        told: dict[str, Parameter] = {
            "posts": job.client_posts_ended,
            "left_open": job.client_left_open,
            "hires": job.client_hires,
        }
        yield Reason(TOLD_BY_HOST, told)


def fix_price(job: Job, book: RuleBook, now: datetime) -> Price:
    """The price of the present revision under a rule book, stored now if it was not yet."""
    return fix_prices([job], book, now)[job.pk]


def fix_prices(jobs: Sequence[Job], book: RuleBook, now: datetime) -> dict[int, Price]:
    """The same for many posts, with one query where all are stored, and three where not."""
    found = _stored(jobs, book)
    missing = [job for job in jobs if job.pk not in found]
    if not missing:
        return found
    new = [_row(job, book, priced(job, book), now) for job in missing]
    # Who was faster has stored the same, or what the rules said a release ago: then that counts.
    JobPrice.objects.bulk_create(new, ignore_conflicts=True)
    return _stored(jobs, book)


_met: set[str] = set()
"""The digests of the rule books that proposals of this process came under."""


def connects_asked(jobs: Sequence[int]) -> Asked:
    """The query for what these jobs cost, to be asked together with others.

    Under which rule books is not known yet: it is asked for all that were met before.
    """
    return _CONNECTS.of(sorted(_met), jobs)


def fixed_connects(
    asked: Mapping[tuple[str, int], Job],
    books: Mapping[str, RuleBook],
    told: Sequence[Row],
    now: datetime,
) -> dict[tuple[str, int], Connects]:
    """What proposals cost by the digest of a rule book and the job, stored now where it was not yet.

    By what `connects_asked` was told, with another query where a rule book is met for the first time.
    Of the jobs only their revisions are asked.
    """
    if not books.keys() <= _met:
        _met.update(books)
        told = _CONNECTS.rows(sorted(books), sorted({job for _, job in asked}))
    found = {
        (digest, job): connects
        for digest, job, revision, connects in told
        if (digest, job) in asked and asked[digest, job].revision == revision
    }
    missing = asked.keys() - found.keys()
    for digest in {digest for digest, _ in missing}:
        rows = list(Job.objects.filter(pk__in=[job for of, job in missing if of == digest]))
        fixed = fix_prices(rows, books[digest], now)
        found |= {(digest, job): price.connects for job, price in fixed.items()}
    return found


_CONNECTS = ByLists(
    lambda digests, jobs: JobPrice.objects.filter(digest__in=digests, job_id__in=jobs).values_list(
        "digest", "job_id", "revision", "connects"
    ),
    str,
    int,
)


def shown_prices(
    asked: Mapping[tuple[str, int], Job], books: Mapping[str, RuleBook]
) -> dict[tuple[str, int], Price]:
    """Prices by the digest of a rule book and the job, to be shown: none is stored.

    With one query, and another where a rule book never asked before. Of the jobs only their revisions
    are asked.
    """
    jobs = {job for _, job in asked}
    found = {
        (digest, job): _price(*row)
        for digest, job, revision, *row in _PRICES.rows(sorted(books), sorted(jobs))
        if (digest, job) in asked and asked[digest, job].revision == revision
    }
    missing = asked.keys() - found.keys()
    if missing:
        whole = Job.objects.in_bulk({job for _, job in missing})
        found |= {(digest, job): priced(whole[job], books[digest]) for digest, job in missing}
    return found


_PRICES = ByLists(
    lambda digests, jobs: JobPrice.objects.filter(digest__in=digests, job_id__in=jobs).values_list(
        "digest",
        "job_id",
        "revision",
        "connects",
        "band",
        "value_cents",
        "low_cents",
        "high_cents",
        Cast("reasons", TextField()),
    ),
    str,
    int,
)


def _price(
    connects: Connects,
    band: str,
    value_cents: int,
    low_cents: int | None,
    high_cents: int | None,
    reasons: str,
) -> Price:
    said = tuple(Reason(each["code"], each["parameters"]) for each in json.loads(reasons))
    return Price(connects, band, value_cents, said, low_cents, high_cents)


def _row(job: Job, book: RuleBook, answer: Price, now: datetime) -> JobPrice:
    return JobPrice(
        job=job,
        revision=job.revision,
        digest=book.digest,
        rule_book=book.label,
        connects=answer.connects,
        band=answer.band,
        value_cents=answer.value_cents,
        low_cents=answer.low_cents,
        high_cents=answer.high_cents,
        reasons=[
            {"code": reason.code, "parameters": dict(reason.parameters)}
            for reason in answer.reasons
        ],
        priced=now,
    )


def price_for(job: Job, book: RuleBook) -> Price:
    """The stored price of the present revision; computed where this rule book never asked before."""
    return prices_for([job], book)[job.pk]


def explained_price(job: Job, book: RuleBook) -> ExplainedPrice:
    """The price of the present revision with all that it rests on."""
    facts, demand = facts_of(job), demand_of(job)
    found = edits(facts, book, demand, estimate_of(job))
    return ExplainedPrice(facts, price_for(job, book), demand, book, found)


def prices_for(jobs: Sequence[Job], book: RuleBook) -> dict[int, Price]:
    """The prices of many posts under one rule book, with one query."""
    found = _stored(jobs, book)
    return {job.pk: found.get(job.pk) or priced(job, book) for job in jobs}


def connects_under(
    jobs: Sequence[Job], books: Sequence[RuleBook]
) -> dict[str, dict[int, Connects]]:
    """What proposals to these posts cost under each rule book, by its digest, with one query for all."""
    known = {job.pk: job for job in jobs}
    found: dict[str, dict[int, Connects]] = {book.digest: {} for book in books}
    for digest, job, revision, connects in _CONNECTS.rows(list(found), list(known)):
        if revision == known[job].revision:
            found[digest][job] = connects
    for book in books:
        stored = found[book.digest]
        stored |= {job.pk: priced(job, book).connects for job in jobs if job.pk not in stored}
    return found


def _stored(jobs: Sequence[Job], book: RuleBook) -> dict[int, Price]:
    """Those prices of present revisions that are stored."""
    revisions = {job.pk: job.revision for job in jobs}
    rows = _STORED.rows(book.digest, *revisions) if revisions else ()
    return {row.job_id: _price_of(row) for row in rows if revisions[row.job_id] == row.revision}


_STORED = Compiled[JobPrice](
    lambda asked: JobPrice.objects.filter(digest=asked[0], job_id__in=asked[1:])
)


def _price_of(row: JobPrice) -> Price:
    return Price(
        connects=row.connects,
        band=row.band,
        value_cents=row.value_cents,
        reasons=tuple(Reason(reason["code"], reason["parameters"]) for reason in row.reasons),
        low_cents=row.low_cents,
        high_cents=row.high_cents,
    )
