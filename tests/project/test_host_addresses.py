"""An address of the API is looked up in a tree, and leads where Django's own patterns lead."""

import pytest
from django.urls import Resolver404, resolve

from connects.api.v1 import api
from connects.project.host_addresses import resolved

ODD = [
    "/api/v1/accounts//wallet",
    "/api/v1/accounts/a/b/c/d/e",
    "/api/v1/jobs/é\n/end",
    "/api/v1/proposals/p-1/",
    "/api/v1/nowhere",
    "/api/v1/openapi.json",
    "/api/v1/",
    "/api/v1",
    "/api/",
]


def _addresses() -> list[str]:
    """An address of each pattern, and with ids that are words of other patterns."""
    patterns = {f"/api/v1/{operation.pattern}" for operation in api.urls[0]}
    ids = ("p-81", "wallet", "me")
    return sorted(
        pattern.replace("<", "").replace(">", "")
        if "<" not in pattern
        else "/".join(each if part.startswith("<") else part for part in pattern.split("/"))
        for pattern in patterns
        for each in ids
    )


@pytest.mark.parametrize("asked", [*dict.fromkeys(_addresses()), *ODD])
def test_an_address_leads_where_the_patterns_lead(asked: str) -> None:
    try:
        expected = resolve(asked)
    except Resolver404:
        with pytest.raises(Resolver404):
            resolved(asked)
        return
    found = resolved(asked)

    assert (found.func, found.args, found.kwargs) == (expected.func, expected.args, expected.kwargs)
    assert (found.route, found.view_name) == (expected.route, expected.view_name)
