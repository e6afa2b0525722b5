"""Refusing what an operation would not read: parameters, and bodies where it takes none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest

from connects.api.callers import Stopped
from connects.api.json_bodies import NamedTwice, read_json
from connects.api.parameters import operation_at, parameter_problems
from connects.api.problems import FIELD_CHARACTERS, MALFORMED, invalid
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameter


def only_known(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse a call with a parameter, or a body, that its operation does not take."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        problems = [*parameter_problems(request), *_unread_fields(request)]
        if problems:
            raise Stopped(422, invalid(problems))
        return view(request, *args, **kwargs)

    return checked


def _unread_fields(request: HttpRequest) -> list[dict[str, Parameter]]:
    """The fields of a body where the operation takes none."""
    match = request.resolver_match
    if request.META.get("CONTENT_LENGTH", "0") in ("", "0") or match is None:
        return []
    if request.method == "GET" or _takes_body(match.route, request.method):
        return []
    try:
        sent = read_json(request.body)
    except NamedTwice as twice:
        raise Stopped(422, twice.problem) from twice
    except (ValueError, RecursionError) as error:
        raise Stopped.by(MALFORMED) from error
    if sent is None:
        return []
    if not isinstance(sent, dict):
        return [{"field": "body", "problem": Problem.NOT_AN_OBJECT}]
    return [{"field": name[:FIELD_CHARACTERS], "problem": Problem.UNKNOWN_FIELD} for name in sent]


@cache
def _takes_body(route: str, method: str | None) -> bool:
    found = operation_at(route, method)
    if found is None or found.openapi_extra:
        return True  # a bulk call reads its lines by itself
    return any(model.__ninja_param_source__ == "body" for model in found.models)
