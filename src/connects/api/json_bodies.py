"""Reading what is sent as JSON, strictly: a field that is named twice might mean either."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny
from typing_extensions import override

from connects.api.problems import FIELD_CHARACTERS, Problem, invalid
from connects.vocabulary.problems import Problem as ProblemCode


class NamedTwice(ValueError):
    """An object names a field twice, and might mean either."""

    @property
    def problem(self) -> Problem:
        field = str(self)[:FIELD_CHARACTERS]
        return invalid([{"field": field, "problem": ProblemCode.GIVEN_TWICE}])


def read_json(text: str | bytes) -> Any:
    """What a text says. Raises ValueError, or RecursionError, for what is no JSON, or `NamedTwice`."""
    said = text if isinstance(text, str) else text.decode(json.detect_encoding(text), _HALVES)
    return _read(said)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise NamedTwice(next(name for name in names if names.count(name) > 1))
    return found


_HALVES = "surrogatepass"
"""As `json.loads` reads bytes: half of a character is refused later, by name."""
_read = json.JSONDecoder(object_pairs_hook=_each_once).decode


class StrictParser(Parser):
    """What django-ninja reads bodies with."""

    @override
    def parse_body(self, request: HttpRequest) -> DictStrAny:
        return cast("DictStrAny", read_json(request.body))
