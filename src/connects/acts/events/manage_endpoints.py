"""Making, changing and removing endpoints, and asking for deliveries: a test, or everything again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.events.addresses import url_refused
from connects.acts.events.deliver import note_answers
from connects.acts.events.lanes import Send
from connects.acts.events.parcels import parcel_of
from connects.acts.events.send import send_webhook
from connects.acts.oversight.audit import note_act
from connects.market.events.documents import instant
from connects.market.events.feed import feed_position, position_of
from connects.market.events.models import Ordering, Signature, WebhookDelivery, WebhookEndpoint
from connects.market.external_ids import is_id
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.event_types import ENDPOINT_TEST, EVENT_TYPES
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

ROTATION = timedelta(hours=24)
"""For how long the secret before the new one is valid, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointForm:
    """What is said of an endpoint. No `types` stands for all."""

    name: str
    url: str
    types: Sequence[str] = ()
    ordering: str = Ordering.ACCOUNT
    signature: str = Signature.HMAC
    enabled: bool = True

    def columns(self) -> dict[str, object]:
        return {
            "url": self.url,
            "types": sorted(set(self.types)),
            "ordering": self.ordering,
            "signature": self.signature,
        }


def put_endpoint(form: EndpointForm, now: datetime) -> tuple[WebhookEndpoint, bool] | Refused:
    """Make an endpoint, which hears of all that comes from now on, or bring it to what is said.

    Gives the endpoint and whether it is new. Refused with `invalid`: an address that webhooks may not
    go to, a name that no address can have, or a word that is none of ours.
    """
    refused = _problem(form)
    if refused is not None:
        return refused
    with transaction.atomic():
        row = WebhookEndpoint.objects.select_for_update().filter(name=form.name).first()
        if row is None:
            made, is_new = WebhookEndpoint.objects.get_or_create(
                name=form.name,
                defaults={**form.columns(), "position": feed_position(), "made": now},
            )
            row = made
        else:
            is_new = False
            if form.ordering == Ordering.NONE != row.ordering:
                row.deliveries.filter(state="waiting").update(next_try=now)  # nothing is behind
        for name, value in form.columns().items():
            setattr(row, name, value)
        _enable(row, enabled=form.enabled, now=now)
        row.save()
        return row, is_new


def make_by_hand(form: EndpointForm, staff: User, now: datetime) -> WebhookEndpoint | Refused:
    """Make an endpoint. Refused as by `put_endpoint`, with `not_allowed`, or where its name is taken."""
    refused = denied(staff, Act.MANAGE_API_CLIENTS)
    if refused is not None:
        return refused
    with transaction.atomic():
        if WebhookEndpoint.objects.filter(name=form.name).exists():
            return invalid(Problem.TAKEN, field="name")
        put = put_endpoint(form, now)
        if isinstance(put, Refused):
            return put
        note_act(staff, "put-endpoint", f"endpoint:{form.name}"[:80], "by hand", now)
        return put[0]


def set_enabled(
    endpoint: WebhookEndpoint, staff: User, *, enabled: bool, now: datetime
) -> WebhookEndpoint | Refused:
    """Go on delivering to an endpoint where it was left, or stop. Refused with `not_allowed`."""
    refused = denied(staff, Act.MANAGE_API_CLIENTS)
    if refused is not None:
        return refused
    with transaction.atomic():
        row = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
        _enable(row, enabled=enabled, now=now)
        row.save()
        act = "enable-endpoint" if enabled else "disable-endpoint"
        note_act(staff, act, f"endpoint:{row.name}"[:80], "by hand", now)
        return row


def _enable(row: WebhookEndpoint, *, enabled: bool, now: datetime) -> None:
    if enabled and row.disabled is not None:
        row.disabled, row.disabled_because, row.failing_since = None, "", None
        # What was never tried is due, or is behind one that was tried.
        row.deliveries.filter(state="waiting", tries__gt=0).update(next_try=now)
    elif not enabled and row.disabled is None:
        row.disabled, row.disabled_because = now, "by hand"


def _problem(form: EndpointForm) -> Refused | None:
    if not is_id(form.name):
        return invalid(Problem.NOT_AN_ID, field="name")
    if not set(form.types) <= set(EVENT_TYPES):
        return invalid(Problem.UNKNOWN_EVENT_TYPE, field="types")
    for field, value, known in (
        ("ordering", form.ordering, Ordering.values),
        ("signature", form.signature, Signature.values),
    ):
        if value not in known:
            return invalid(Problem.UNKNOWN, field=field)
    return url_refused(form.url)


def remove_endpoint(endpoint: WebhookEndpoint) -> None:
    """Remove an endpoint with its deliveries; its secret is never valid again."""
    endpoint.delete()


def rotate_secret(endpoint: WebhookEndpoint, now: datetime) -> WebhookEndpoint:
    """Give the endpoint a new secret. For a day deliveries are signed with both."""
    with transaction.atomic():
        row = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
        row.version += 1
        row.previous_until = now + ROTATION
        row.save(update_fields=["version", "previous_until"])
        return row


def replay(endpoint: WebhookEndpoint, after: int) -> WebhookEndpoint:
    """Deliver everything again that stands after a position of the feed."""
    with transaction.atomic():
        row = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
        row.position = min(row.position, after)
        row.save(update_fields=["position"])
        return row


def rotate_by_hand(
    endpoint: WebhookEndpoint, staff: User, now: datetime
) -> WebhookEndpoint | Refused:
    """Give the endpoint a new secret. Refused with `not_allowed`."""
    refused = denied(staff, Act.MANAGE_API_CLIENTS)
    if refused is not None:
        return refused
    with transaction.atomic():
        note_act(staff, "rotate-endpoint", f"endpoint:{endpoint.name}"[:80], "by hand", now)
        return rotate_secret(endpoint, now)


def replay_by_hand(
    endpoint: WebhookEndpoint, staff: User, event: str, now: datetime
) -> int | Refused:
    """Deliver an event and all that stand after it again; give how many stand there.

    Without an event's name it begins with the very first. Refused with `not_allowed`, or `invalid` where
    there is no such event.
    """
    refused = denied(staff, Act.MANAGE_API_CLIENTS)
    if refused is not None:
        return refused
    first = position_of(event) if event else 1
    if first is None:
        return invalid(Problem.UNKNOWN, field="event")
    with transaction.atomic():
        note_act(staff, "replay-endpoint", f"endpoint:{endpoint.name}"[:80], event, now)
        replay(endpoint, first - 1)
        return feed_position() - first + 1


def send_test(
    endpoint: WebhookEndpoint, now: datetime, send: Send = send_webhook
) -> WebhookDelivery:
    """Send an event that says nothing, once, and wait for what comes back."""
    delivery = WebhookDelivery.objects.create(
        endpoint=endpoint,
        event=f"evt_test_{secrets.token_hex(8)}",
        type=ENDPOINT_TEST,
        tries=1,
        next_try=now + timedelta(minutes=1),
        state="dead",
        enqueued=now,
    )
    document = {
        "id": delivery.event,
        "type": ENDPOINT_TEST,
        "timestamp": instant(now),
        "data": {"endpoint": endpoint.name},
    }
    parcel = parcel_of(delivery, endpoint, document, now)
    note_answers([(parcel, send(endpoint.url, parcel.headers, parcel.body))], now)
    return delivery
