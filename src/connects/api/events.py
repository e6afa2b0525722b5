"""The feed: everything that has happened, in one order that never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from connects.api.callers import Stopped
from connects.api.cursors import LIMIT_MOST, Limit, cursor_for, place_in
from connects.api.named import account_named
from connects.api.problems import HOST_ANSWERS, invalid
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.events.event_documents import event_documents
from connects.market.events.feed import feed_page
from connects.vocabulary.event_types import EVENT_TYPES
from connects.vocabulary.problems import Problem

router = Router(tags=["events"], auth=ServerKey(Scope.EVENTS))

FEED = "events"

After = Annotated[
    str | None,
    Query(description="`next` of the page before; without it, from the very first event on."),
    Field(max_length=400),
]
Types = Annotated[
    str,
    Query(description="Only these types: `wallet.entry,proposal.returned`."),
    Field(max_length=1_000),
]


class EventDocument(Schema):
    """Something that has happened. `docs/events.md` lists the types with their data."""

    id: str = Field(description="The same wherever and however often the event is told.")
    type: str
    timestamp: datetime
    data: dict[str, Any]


class EventPage(Schema):
    """A page of the feed. `next` is there even where nothing has happened yet: ask with it later."""

    items: list[EventDocument]
    next: str
    has_more: bool = Field(description="Whether the next page has events already.")


@router.get(
    "/events",
    response={200: EventPage, **HOST_ANSWERS},
    operation_id="list_events",
    summary="Everything that has happened since a cursor",
)
def list_events(
    request: HostCall,
    after: After = None,
    types: Types = "",
    account: Annotated[str | None, Query(description="Only of this account.")] = None,
    limit: Limit = LIMIT_MOST,
) -> dict[str, Any]:
    """Events in their order, which never changes: nothing is ever put in before a cursor."""
    place = place_in(FEED, after) or 0
    owner = None if account is None else account_named(account, "account").pk
    page = feed_page(place, limit, checked_types(types.split(",") if types else []), owner)
    return {
        "items": event_documents(page.places),
        "next": cursor_for(FEED, page.position),
        "has_more": page.has_more,
    }


def checked_types(types: list[str]) -> list[str]:
    """The types, where all are known. Raises `Stopped`."""
    if set(types) <= set(EVENT_TYPES):
        return types
    raise Stopped(422, invalid([{"field": "types", "problem": Problem.UNKNOWN}]))
