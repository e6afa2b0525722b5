"""What may stand behind the `?` of an address, and once; anything else is refused.

`?limt=5` would be answered as if nothing had been asked, and a balance `?on=` a day would be today's. Of
`?types=wallet.entry&types=job.ended`, as many programs write a list, only the last would be read.
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


def parameter_problems(request: HttpRequest) -> list[dict[str, Parameter]]:
    """What is wrong with the parameters of a call: what its operation does not take, or takes once."""
    match = request.resolver_match
    if not request.META.get("QUERY_STRING") or match is None:
        return []
    known, sent = _known(match.route, request.method), request.GET
    problems: list[dict[str, Parameter]] = []
    for name, values in sent.lists():
        field = name[:FIELD_CHARACTERS]
        if name not in known:
            told = {"problem": Problem.UNKNOWN_PARAMETER, "known": ", ".join(known)}
            problems.append({"field": field, **told})
        elif len(values) > 1:
            problems.append({"field": field, "problem": Problem.GIVEN_TWICE})
    return problems


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
