"""What is given back of an answer, and what is raised instead where the API refuses."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeVar

import httpx

from connects_client.generated.models.problem import Problem
from connects_client.generated.types import Response

T = TypeVar("T")


class Refused(Exception):
    """Connects says no: `code` for programs, which never changes, and `message` for people."""

    def __init__(self, status: int, problem: Mapping[str, Any], request_id: str) -> None:
        super().__init__(f"{problem['code']}: {problem.get('message', '')}")
        self.status = status
        self.code = str(problem["code"])
        self.message = str(problem.get("message", ""))
        self.parameters: Mapping[str, Any] = problem.get("parameters") or {}
        self.request_id = request_id


class Unanswered(Exception):
    """Something else than Connects answered, or it broke: nobody knows whether the call had an effect.

    To send the same again is safe wherever a name is in the address.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text[:200]}")
        self.status = status


def raise_for_refusal(response: httpx.Response) -> None:
    """Raise what an answer refuses. Its body has been read."""
    if response.is_success:
        return
    try:
        problem = response.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict) or "code" not in problem:
        raise Unanswered(response.status_code, response.text)
    raise Refused(response.status_code, problem, response.headers.get("Connects-Request-Id", ""))


def read_and_raise(response: httpx.Response) -> None:
    """Do so for the synchronous client, whose hooks see responses before their bodies are read."""
    response.read()
    raise_for_refusal(response)


async def aread_and_raise(response: httpx.Response) -> None:
    """Do so for the asynchronous client."""
    await response.aread()
    raise_for_refusal(response)


def answered(response: Response[T | Problem]) -> T:
    """The document of a success; whatever refuses was raised before."""
    if isinstance(response.parsed, Problem):
        raise Refused(response.status_code, response.parsed.to_dict(), "")
    if response.parsed is None and response.status_code is not HTTPStatus.NO_CONTENT:
        raise Unanswered(response.status_code, response.content.decode(errors="replace"))
    return response.parsed  # type: ignore[return-value]  # nothing is what 204 gives
