"""The marketplace's own posts as the table that estimates are trained on."""

from __future__ import annotations

from collections.abc import Iterator

from connects.estimate.posts import duration_word, workload_word
from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job
from connects.vocabulary.amounts import Cents, decimal_from_cents

SOURCE = "own"
COLUMNS = (
    *("job_id", "source", "posted_at", "kind", "budget_usd", "hourly_min", "hourly_max"),
    *("experience_level", "duration", "workload", "category", "country", "proposals_tier"),
    *("client_key", "client_payment_verified", "title_chars", "description_chars"),
)
TEXT_COLUMNS = ("title", "description")
TIERS = ((5, "lt_5"), (10, "5_10"), (15, "10_15"), (20, "15_20"), (50, "20_50"))
CHUNK = 2_000


def history_rows(*, texts: bool = False) -> Iterator[tuple[object, ...]]:
    """A row under `COLUMNS` for each post, oldest first, read in chunks.

    A client's key is their account's, by which the model is asked later; no name or text is in it.
    With `texts`, what the client wrote follows under `TEXT_COLUMNS`, each on one line.
    """
    jobs = Job.objects.select_related("client").order_by("id").iterator(CHUNK)
    if texts:
        return ((*_row(job), *_texts(job)) for job in jobs)
    return map(_row, jobs)


def _texts(job: Job) -> tuple[str, str]:
    # A table of posts is read line by line, so that a damaged one spoils no other.
    return " ".join(job.title.split()), " ".join(job.description.split())


def _row(job: Job) -> tuple[object, ...]:
    facts = facts_of(job)
    return (
        job.pk,
        SOURCE,
        f"{job.posted:%Y-%m-%dT%H:%MZ}",
        facts.kind.value,
        _amount(facts.budget_cents),
        _amount(facts.hourly_min_cents),
        _amount(facts.hourly_max_cents),
        facts.level.value if facts.level else "",
        duration_word(facts.duration_days),
        workload_word(facts.hours_per_week),
        job.category,
        job.client.country,
        next((word for bound, word in TIERS if job.proposal_count < bound), "50_plus"),
        job.client_id,
        "" if facts.client_payment_verified is None else int(facts.client_payment_verified),
        len(job.title),
        len(job.description),
    )


HISTORY_CURRENCY = "USD"
"""The table's column says dollars, as the public one does that models are trained on."""


def _amount(cents: Cents | None) -> str:
    return "" if cents is None else decimal_from_cents(cents, HISTORY_CURRENCY)
