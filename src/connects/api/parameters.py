"""What may stand behind the `?` of an address; anything else is refused.

`?limt=5` would be answered as if nothing had been asked, and a balance `?on=` a day would be today's.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from ninja.operation import Operation

from connects.api.problems import FIELD_CHARACTERS
from connects.api.routers import ROUTERS
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameter


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
