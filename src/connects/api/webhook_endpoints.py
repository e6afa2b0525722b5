"""Where a host's server takes events: endpoints, what was delivered there, and everything again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from connects.acts.events.manage_endpoints import (
    EndpointForm,
    put_endpoint,
    remove_endpoint,
    replay,
    rotate_secret,
    send_test,
)
from connects.acts.events.sign import secrets_of
from connects.acts.events.turns import those_behind
from connects.acts.oversight.audited import audited
from connects.api.cursors import Cursor, Limit, cursor_for, place_in
from connects.api.events import FEED
from connects.api.named import HostId, checked_id, unknown
from connects.api.outcomes import done
from connects.api.problems import HOST_ANSWERS
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.events.endpoints import deliveries_of, endpoint_called, endpoints
from connects.market.events.models import (
    DeliveryState,
    Ordering,
    Signature,
    WebhookDelivery,
    WebhookEndpoint,
)

router = Router(tags=["events"], auth=ServerKey(Scope.EVENTS))


class EndpointBody(Schema):
    """What is said of an endpoint."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(min_length=1, max_length=500)]
    types: Annotated[list[str], Field(max_length=100)] = Field(
        default=[], description="Only these types of events; none stands for all."
    )
    ordering: Ordering = Field(
        default=Ordering.ACCOUNT,
        description="`account`: each account's events in their order; `none`: as soon as can be.",
    )
    signature: Signature = Signature.HMAC
    enabled: bool = True


class EndpointDocument(Schema):
    """An endpoint. `secrets` are what its receiver checks with, newest first."""

    id: str
    url: str
    types: list[str]
    ordering: Ordering
    signature: Signature
    enabled: bool
    disabled_because: str | None
    failing_since: datetime | None
    secrets: list[str]


class EndpointList(Schema):
    items: list[EndpointDocument]


class DeliveryDocument(Schema):
    """An event on its way, and what came back last."""

    event: str
    type: str
    state: DeliveryState
    tries: int
    next_try: datetime | None = Field(
        description="Null where it is over, or waits for one of its account that comes before it."
    )
    tried: datetime | None
    status: int | None
    took_ms: int | None
    answer: str = Field(description="The first kilobyte of what came back.")
    error: str


class DeliveryPage(Schema):
    items: list[DeliveryDocument]
    next: str | None


class ReplayBody(Schema):
    model_config = ConfigDict(extra="forbid")

    after: Annotated[str | None, Field(max_length=400)] = Field(
        description="A cursor of the feed; null stands for its beginning."
    )


@router.get(
    "/webhook_endpoints",
    response={200: EndpointList, **HOST_ANSWERS},
    operation_id="list_webhook_endpoints",
    summary="Where events are delivered",
)
def list_endpoints(request: HostCall) -> dict[str, Any]:
    """Every endpoint, by its id."""
    return {"items": [_document(each, request.auth.now) for each in endpoints()]}


@router.put(
    "/webhook_endpoints/{id}",
    response={200: EndpointDocument, 201: EndpointDocument, **HOST_ANSWERS},
    operation_id="put_webhook_endpoint",
    summary="Make an endpoint, or change it",
)
def put(request: HostCall, id: HostId, body: EndpointBody) -> Status[dict[str, Any]]:  # noqa: A002
    """A new one hears of all that comes from now on; one that was disabled goes on where it was."""
    form = EndpointForm(name=checked_id(id), **body.model_dump())
    row, is_new = done(
        audited(
            lambda: put_endpoint(form, request.auth.now),
            lambda put: request.auth.note(
                "put-endpoint", f"endpoint:{put[0].name}", url=put[0].url
            ),
        )
    )
    return Status(201 if is_new else 200, _document(row, request.auth.now))


@router.get(
    "/webhook_endpoints/{id}",
    response={200: EndpointDocument, **HOST_ANSWERS},
    operation_id="get_webhook_endpoint",
    summary="An endpoint",
)
def get(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """An endpoint, with what its receiver checks signatures with."""
    return _document(_named(id), request.auth.now)


@router.api_operation(
    ["DELETE"],
    "/webhook_endpoints/{id}",
    response={204: None, **HOST_ANSWERS},
    operation_id="delete_webhook_endpoint",
    summary="Remove an endpoint",
)
def remove(request: HostCall, id: HostId) -> HttpResponse:  # noqa: A002
    """Nothing is delivered there any more, and what was is forgotten."""
    row = _named(id)
    audited(
        lambda: remove_endpoint(row),
        lambda _: request.auth.note("remove-endpoint", f"endpoint:{row.name}", url=row.url),
    )
    return HttpResponse(status=204)


@router.get(
    "/webhook_endpoints/{id}/deliveries",
    response={200: DeliveryPage, **HOST_ANSWERS},
    operation_id="list_webhook_deliveries",
    summary="What was sent to an endpoint",
)
def list_deliveries(
    request: HostCall,
    id: HostId,  # noqa: A002
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """Deliveries of the last 30 days, newest first, with what came back."""
    row = _named(id)
    of = f"deliveries:{row.pk}"
    found = list(deliveries_of(row, place_in(of, cursor))[: limit + 1])
    shown = found[:limit]
    follows = cursor_for(of, shown[-1].pk) if len(found) > limit else None
    behind = those_behind(row, shown)
    items = [_delivery(each, is_behind=each.pk in behind) for each in shown]
    return {"items": items, "next": follows}


@router.post(
    "/webhook_endpoints/{id}/test",
    response={200: DeliveryDocument, **HOST_ANSWERS},
    operation_id="test_webhook_endpoint",
    summary="Send an event that says nothing",
)
def test(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """One `endpoint.test` is sent now, and not again; the answer tells what came back."""
    return _delivery(send_test(_named(id), request.auth.now))


@router.post(
    "/webhook_endpoints/{id}/replay",
    response={202: EndpointDocument, **HOST_ANSWERS},
    operation_id="replay_webhook_endpoint",
    summary="Deliver everything after a cursor again",
)
def replay_events(request: HostCall, id: HostId, body: ReplayBody) -> Status[dict[str, Any]]:  # noqa: A002
    """Events come with the ids that they had, so a receiver knows those that it has seen."""
    row, after = _named(id), place_in(FEED, body.after) or 0
    row = done(
        audited(
            lambda: replay(row, after),
            lambda _: request.auth.note("replay-endpoint", f"endpoint:{row.name}"),
        )
    )
    return Status(202, _document(row, request.auth.now))


@router.post(
    "/webhook_endpoints/{id}/rotate",
    response={200: EndpointDocument, **HOST_ANSWERS},
    operation_id="rotate_webhook_secret",
    summary="Give an endpoint a new secret",
)
def rotate(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """For a day deliveries bear both signatures, so that none is refused meanwhile."""
    row = _named(id)
    row = done(
        audited(
            lambda: rotate_secret(row, request.auth.now),
            lambda _: request.auth.note("rotate-endpoint", f"endpoint:{row.name}"),
        )
    )
    return _document(row, request.auth.now)


def _named(name: str) -> WebhookEndpoint:
    row = endpoint_called(checked_id(name))
    if row is None:
        raise unknown("endpoint", name, None)
    return row


def _document(row: WebhookEndpoint, now: datetime) -> dict[str, Any]:
    return {
        "id": row.name,
        "url": row.url,
        "types": row.types,
        "ordering": row.ordering,
        "signature": row.signature,
        "enabled": row.disabled is None,
        "disabled_because": row.disabled_because or None,
        "failing_since": row.failing_since,
        "secrets": secrets_of(row, now),
    }


def _delivery(row: WebhookDelivery, *, is_behind: bool = False) -> dict[str, Any]:
    is_tried = row.state == DeliveryState.WAITING and not is_behind
    return {
        "event": row.event,
        "type": row.type,
        "state": row.state,
        "tries": row.tries,
        "next_try": row.next_try if is_tried else None,
        "tried": row.tried,
        "status": row.status,
        "took_ms": row.took_ms,
        "answer": row.answer,
        "error": row.error,
    }
