"""What history says of a post: the installed model's estimate, asked once when the price is fixed."""

from __future__ import annotations

from datetime import datetime

from connects.bootstrap.estimates import installed_model, model_source, names_source
from connects.estimate.posts import Post, duration_word, rate_of, workload_word
from connects.market.jobs.fields import JobFields
from connects.market.jobs.history import SOURCE
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
        client=_client_key(client),
        client_verified=client.payment_verified,
        client_hires=record.hired.hits,
        title_characters=len(fields.title.strip()),
        description_characters=len(fields.description.strip()),
        posted=now.isoformat(timespec="minutes"),
        hour=now.hour,
        title=fields.title,
        description=fields.description,
    )


def _client_key(client: Account) -> str:
    """As the model's history calls this client; empty where nobody has said that it is of here.

    Else whoever has the number 12 here would be taken for client 12 of a stranger's posts.
    """
    if model_source() == SOURCE:
        return str(client.pk)
    return client.external_id or "" if names_source() else ""
