"""What may stand behind the `?` of an address; anything else is refused.

`?limt=5` would be answered as if nothing had been asked, and a balance `?on=` a day would be today's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest
from ninja.operation import Operation

from connects.api.callers import Stopped
from connects.api.json_bodies import NamedTwice, read_json
from connects.api.problems import FIELD_CHARACTERS, MALFORMED, invalid
from connects.api.routers import ROUTERS
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameter


def only_known(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse a call with a parameter, or a body, that its operation does not take."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        problems = [*unknown_parameters(request), *_unread_fields(request)]
        if problems:
            raise Stopped(422, invalid(problems))
        return view(request, *args, **kwargs)

    return checked


def unknown_parameters(request: HttpRequest) -> list[dict[str, Parameter]]:
    """What is wrong with the parameters of a call: each that its operation does not take."""
    match = request.resolver_match
    if not request.META.get("QUERY_STRING") or match is None:
        return []
    known, named = _known(match.route, request.method), list(request.GET)
    return [
        {
            "field": name[:FIELD_CHARACTERS],
            "problem": Problem.UNKNOWN_PARAMETER,
            "known": ", ".join(known),
        }
        for name in named
        if name not in known
    ]


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
    if not isinstance(sent, dict):
        return [{"field": "body", "problem": Problem.NOT_AN_OBJECT}]
    return [{"field": name[:FIELD_CHARACTERS], "problem": Problem.UNKNOWN_FIELD} for name in sent]


@cache
def _takes_body(route: str, method: str | None) -> bool:
    found = operation_at(route, method)
    if found is None or found.openapi_extra:
        return True  # a bulk call reads its lines by itself
    return any(model.__ninja_param_source__ == "body" for model in found.models)


@cache
def _known(route: str, method: str | None) -> tuple[str, ...]:
    found = operation_at(route, method)
    models = [] if found is None else [each for each in found.models if _is_of_query(each)]
    return tuple(name for model in models for name in model.__ninja_flatten_map__)


def _is_of_query(model: Any) -> bool:
    return bool(model.__ninja_param_source__ == "query")


def operation_at(route: str, method: str | None) -> Operation | None:
    """The operation at an address of ours, as its pattern says it."""
    path = route.removeprefix("api/v1").replace("<", "{").replace(">", "}")
    for router in ROUTERS:
        view = router.path_operations.get(path)
        for operation in view.operations if view else ():
            if method in operation.methods:
                return operation
    return None
