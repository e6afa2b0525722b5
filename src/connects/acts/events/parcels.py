"""Deliveries as they are sent: the event as the feed has it, signed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connects import __version__
from connects.acts.events.sign import Signer
from connects.market.events.event_documents import event_documents
from connects.market.events.feed import Place
from connects.market.events.models import WebhookDelivery, WebhookEndpoint

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery that is claimed, with what is sent."""

    delivery: WebhookDelivery
    endpoint: WebhookEndpoint
    headers: dict[str, str]
    body: bytes


def parcels_of(
    claimed: Sequence[tuple[WebhookDelivery, Place]], endpoint: WebhookEndpoint, now: datetime
) -> list[Parcel]:
    """The parcels of an endpoint's deliveries, each of which is given with its place in the feed."""
    if not claimed:
        return []
    signer = Signer(endpoint, now)
    documents = event_documents([place for _, place in claimed])
    return [
        _parcel(delivery, endpoint, document, signer)
        for (delivery, _), document in zip(claimed, documents, strict=True)
    ]


def parcel_of(
    delivery: WebhookDelivery, endpoint: WebhookEndpoint, document: object, now: datetime
) -> Parcel:
    """The delivery with its body, signed."""
    return _parcel(delivery, endpoint, document, Signer(endpoint, now))


def _parcel(
    delivery: WebhookDelivery, endpoint: WebhookEndpoint, document: object, signer: Signer
) -> Parcel:
    body = _json(document).encode()
    headers = signer.headers(delivery.event, body)
    return Parcel(delivery, endpoint, {**headers, "user-agent": f"Connects/{__version__}"}, body)
