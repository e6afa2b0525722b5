"""The body of a bulk call: a list of items, an object with `items` and `atomic`, or lines of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from connects.api.callers import Stopped
from connects.api.json_bodies import NamedTwice, read_json
from connects.api.problems import MALFORMED, TOO_MANY_ITEMS, invalid
from connects.vocabulary.problems import Problem as ProblemCode

ITEMS_MOST = 1_000
JSON_LINES = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: items, of which some cannot be read at all, and whether they go together."""

    items: list[Any]
    atomic: bool


def read_items(request: HttpRequest, atomic: bool) -> Sent:
    """The body, as far as it can be read as a whole. Raises `Stopped` where it cannot."""
    try:
        text = request.body.decode()
    except UnicodeDecodeError as error:
        raise Stopped.by(MALFORMED) from error
    if request.content_type == JSON_LINES:
        lines = [line for line in text.split("\n") if line.strip()]
        return Sent([_line(line) for line in _few_enough(lines)], atomic)
    sent = _line(text)
    if isinstance(sent, Stopped):
        raise sent
    if isinstance(sent, dict):
        return _together(sent, atomic)
    if not isinstance(sent, list):
        raise Stopped(422, invalid([{"field": "body", "problem": ProblemCode.NOT_A_LIST}]))
    return Sent(_few_enough(sent), atomic)


def _together(sent: Mapping[str, Any], atomic: bool) -> Sent:
    items, together = sent.get("items"), sent.get("atomic", atomic)
    problems = [
        {"field": name, "problem": ProblemCode.UNKNOWN_FIELD}
        for name in map(str, sent)
        if name not in ("items", "atomic")
    ]
    if not isinstance(items, list):
        wrong = ProblemCode.REQUIRED if items is None else ProblemCode.NOT_A_LIST
        problems.append({"field": "items", "problem": wrong})
    if not isinstance(together, bool):
        problems.append({"field": "atomic", "problem": ProblemCode.NOT_A_TRUTH})
    if problems or not isinstance(items, list):
        raise Stopped(422, invalid(problems))
    return Sent(_few_enough(items), bool(together))


def _line(text: str) -> Any:
    try:
        return read_json(text)
    except NamedTwice as twice:
        return Stopped(422, twice.problem)
    except (ValueError, RecursionError):
        return Stopped.by(MALFORMED)


def _few_enough(items: list[Any]) -> list[Any]:
    if len(items) > ITEMS_MOST:
        raise Stopped.by(TOO_MANY_ITEMS, items=len(items), most=ITEMS_MOST)
    return items
