"""What became of one request of a host, before it is made a response: alone or as one of many."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Status

from connects.api.callers import Stopped
from connects.api.clash_problems import ALREADY_DIFFERENT, REVISION_MISMATCH
from connects.api.json_answers import answer_with
from connects.api.problems import IDEMPOTENCY_KEY_NEEDED
from connects.vocabulary.refusals import Refused

REPLAYED = "Idempotent-Replayed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A status and a document. `replayed`: the request was answered before, and nothing was done now."""

    status: int
    document: dict[str, Any]
    replayed: bool = False


Answer = Status[dict[str, Any]]


def answered(response: HttpResponse, outcome: Outcome) -> Answer:
    """The outcome as a response, with its headers."""
    _say(response, outcome)
    return Status(outcome.status, outcome.document)


def answered_as_made(response: HttpResponse, outcome: Outcome) -> HttpResponse:
    """The same for a document that is of its operation's shape already."""
    _say(response, outcome)
    return answer_with(response, outcome.document, outcome.status)


def _say(response: HttpResponse, outcome: Outcome) -> None:
    if outcome.replayed:
        response.headers[REPLAYED] = "true"
    if "revision" in outcome.document:
        response.headers["ETag"] = f'"{outcome.document["revision"]}"'


def digests_of(fields: Mapping[str, Any]) -> dict[str, str]:
    """A digest of each field that was said, by which another body under the same name is found out."""
    return {
        name: hashlib.sha256(_canonical(value).encode()).hexdigest()[:16]
        for name, value in sorted(fields.items())
        if value is not None
    }


def _canonical(value: Any) -> str:
    # The encoder would be made ready for each number; a truth is another type.
    return str(value) if type(value) is int else _CANONICAL(value)


_CANONICAL = json.JSONEncoder(sort_keys=True).encode


def different_fields(earlier: Mapping[str, str] | None, now: Mapping[str, str]) -> list[str]:
    """Which fields two bodies do not agree in."""
    before = earlier or {}
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def require_same(earlier: Mapping[str, str] | None, now: Mapping[str, str]) -> None:
    """Stop where the name was used with another body. Raises `Stopped`."""
    fields = different_fields(earlier, now)
    if fields:
        raise already_different(fields)


def already_different(fields: list[str]) -> Stopped:
    """The name is taken by something that was sent with other fields."""
    stopped = Stopped.by(ALREADY_DIFFERENT)
    stopped.problem.parameters["fields"] = fields
    return stopped


def require_revision(request: HttpRequest, present: int | None) -> None:
    """Stop where `If-Match` names another revision than the present one. Raises `Stopped`."""
    wanted = request.headers.get("If-Match")
    if wanted is None:
        return
    named = [part.strip().removeprefix("W/").strip('"') for part in wanted.split(",")]
    if present is not None and (str(present) in named or "*" in named):
        return
    raise Stopped.by(REVISION_MISMATCH, revision=present)


def key_of(request: HttpRequest) -> str:
    """The name that a POST is to have, by its header `Idempotency-Key`. Raises `Stopped` without one."""
    key = request.headers.get("Idempotency-Key", "").strip().strip('"')
    if not key:
        raise Stopped.by(IDEMPOTENCY_KEY_NEEDED)
    return key


def turn_of(noun: str, *names: str) -> str:
    """The name under which requests about the same thing take turns."""
    return ":".join((noun, *names))


def done(answer: Any) -> Any:
    """What an act answered. Raises `Stopped` for a refusal."""
    if isinstance(answer, Refused):
        raise Stopped.by(answer)
    return answer
