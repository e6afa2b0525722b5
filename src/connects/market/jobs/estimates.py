"""What history says of a post: the installed model's estimate, asked once when the price is fixed."""

from __future__ import annotations

from datetime import datetime

from connects.bootstrap.estimates import installed_model, model_source
from connects.estimate.posts import Post, duration_word, rate_of, workload_word
from connects.market.jobs.fields import JobFields
from connects.market.jobs.records import ClientRecord
from connects.market.people.models import Account
from connects.vocabulary.facts import Estimate


def estimate_for(
    fields: JobFields, client: Account, record: ClientRecord, now: datetime
) -> Estimate | None:
    """The post's budget or rate as past posts suggest it; None where no model answers."""
    model = installed_model()
    return None if model is None else model.estimate(_post(fields, client, record, now))


def _post(fields: JobFields, client: Account, record: ClientRecord, now: datetime) -> Post:
    facts = fields.facts(client.payment_verified)
    return Post(
        kind=fields.kind,
        source=model_source(),
        budget_cents=fields.budget_cents,
        rate_cents=rate_of(facts),
        level=fields.level.value if fields.level else "",
        duration=duration_word(fields.duration),
        workload=workload_word(fields.hours_per_week),
        category=fields.category.strip(),
        country=client.country,
        client=str(client.pk),
        client_verified=client.payment_verified,
        client_hires=record.hired.hits,
        title_characters=len(fields.title.strip()),
        description_characters=len(fields.description.strip()),
        posted=now.isoformat(timespec="minutes"),
        hour=now.hour,
        title=fields.title,
        description=fields.description,
    )
