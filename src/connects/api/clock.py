"""What time it is; and in a sandbox, what time it shall be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.oversight.move_clock import move_clock
from connects.api.callers import Stopped
from connects.api.moments import Moment
from connects.api.problems import CLOCK_GOES_FORWARD, HOST_ANSWERS, SANDBOX_ONLY
from connects.api.server_keys import HostCall, ServerKey
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.due.sources import SOURCES, Source
from connects.market.api_clients.models import Scope
from connects.market.upkeep.sandbox import follow_clock, is_sandbox
from connects.vocabulary.moments import in_utc

router = Router(tags=["sandbox"])

FORWARD_MOST = timedelta(days=5 * 366)
STEPS_SHOWN = 500


class ClockDocument(Schema):
    """What time it is here."""

    now: datetime
    sandbox: bool = Field(description="Whether this clock can be moved.")


class ClockBody(Schema):
    """Where the clock is to go."""

    model_config = ConfigDict(extra="forbid")

    to: Annotated[Moment, Field(description="After now, by at most five years.")]


class StepDocument(Schema):
    """A batch of work that fell due."""

    at: datetime = Field(description="When the first of it was due.")
    what: str = Field(description="Such as `expiry`, `renewal` or `silence`.")


class MovedDocument(ClockDocument):
    """What happened on the way, in order."""

    steps: list[StepDocument] = Field(description="The first 500 of them.")
    steps_in_all: int
    entries: int = Field(description="How many lines wallets got.")


@router.get(
    "/clock",
    auth=ServerKey(Scope.READ),
    response={200: ClockDocument, **HOST_ANSWERS},
    operation_id="get_clock",
    summary="What time it is here",
)
def get_clock(request: HostCall) -> dict[str, Any]:
    """The time at which things happen now."""
    return {"now": request.auth.now, "sandbox": _is_movable()}


@router.post(
    "/clock",
    auth=ServerKey(Scope.SYNC),
    response={200: MovedDocument, **HOST_ANSWERS},
    operation_id="move_clock",
    summary="Move a sandbox's clock forward",
)
def post_clock(request: HostCall, body: ClockBody) -> dict[str, Any]:
    """Move the clock, and do all that falls due by then, each thing at its own instant."""
    if not _is_movable():
        raise Stopped.by(SANDBOX_ONLY)
    host = request.auth
    try:
        to = in_utc(body.to)
    except OverflowError:  # at the calendar's end, in a zone that would go beyond it
        raise Stopped.by(CLOCK_GOES_FORWARD, now=host.now.isoformat()) from None
    if not host.now < to <= host.now + FORWARD_MOST:
        raise Stopped.by(CLOCK_GOES_FORWARD, now=host.now.isoformat())
    before = journal().count_entries()
    # First, so that a server that dies on the way leaves the rest to the worker.
    move_clock(host.client.name, host.person, host.now, to)
    steps: list[StepDocument] = []
    with held_at(to):
        run(to, list(_noting(steps)))
    return {
        "now": to,
        "sandbox": True,
        "steps": steps[:STEPS_SHOWN],
        "steps_in_all": len(steps),
        "entries": journal().count_entries() - before,
    }


def _is_movable() -> bool:
    follow_clock()
    return bool(settings.SANDBOX and is_sandbox())


@dataclass(slots=True)
class _Noting:
    """A source of due work that notes what it does."""

    what: str
    source: Source
    steps: list[StepDocument]
    _due: datetime | None = field(default=None)

    def next_due(self, until: datetime, /) -> datetime | None:
        self._due = self.source.next_due(until)
        return self._due

    def do_due(self, until: datetime, now: datetime, /) -> None:
        self.source.do_due(until, now)
        self.steps.append(StepDocument(at=self._due or until, what=self.what))


def _noting(steps: list[StepDocument]) -> Iterator[Source]:
    for what, source in SOURCES.items():
        yield _Noting(what, source, steps)
