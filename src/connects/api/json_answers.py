"""JSON for everything that Django itself would answer with a page, in the API's shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder
from pydantic_core import PydanticSerializationError, to_json
from typing_extensions import override

from connects.api.problems import (
    BAD_REQUEST,
    FORBIDDEN,
    LENGTH_REQUIRED,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    SERVER_ERROR,
    TOO_LARGE,
    UNAVAILABLE,
    Problem,
)
from connects.market.events.documents import instant

PREFIX = "/api/"
_BY_STATUS = {
    fault.status: fault
    for fault in (
        BAD_REQUEST,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        LENGTH_REQUIRED,
        TOO_LARGE,
        SERVER_ERROR,
        UNAVAILABLE,
    )
}
_JSON = ("application/json", "application/problem+json")
_OF_THE_BODY = {"content-type", "content-length", "content-encoding"}


def problem_response(status: int, problem: Problem) -> JsonResponse:
    """A problem as a response, with the headers that its status asks for."""
    response = JsonResponse(
        problem.model_dump(), status=status, content_type="application/problem+json"
    )
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == 429 or "retry_after_seconds" in problem.parameters:
        response.headers["Retry-After"] = str(problem.parameters["retry_after_seconds"])
    return response


def answer_with(
    response: HttpResponse, document: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A document that is of its operation's shape already, as the response that django-ninja made.

    It would read it into the shape's model, and out of it again, which for a long one takes longer than
    all else. Tests hold such documents against the shape.
    """
    response.status_code = status
    response.content = _encoded(document)
    return response


def _encoded(content: Mapping[str, object]) -> bytes:
    try:
        return to_json(content, fallback=_ENCODER.default)
    except PydanticSerializationError:
        # Half of a character, which a host's id may have, has no bytes; it can only be written out.
        return _ENCODER.encode(content).encode()


class Encoder(NinjaJSONEncoder):
    """Instants to the microsecond, as the ledger has them: a line's own is not before it (`?at=`)."""

    @override
    def default(self, o: Any) -> Any:
        return instant(o) if isinstance(o, datetime) else super().default(o)


class Renderer(JSONRenderer):
    """Documents that django-ninja reads into their shapes, by the same encoder."""

    encoder_class = Encoder


_ENCODER = Encoder()


class JsonAnswers:
    """Middleware, and the outermost: a page about an error becomes the same error as JSON.

    So are wrong addresses and methods, hosts that are not ours, and what breaks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = not response.headers.get("Content-Type", "").startswith(_JSON)
        if request.path_info.startswith(PREFIX) and response.status_code >= 400 and is_page:
            return _in_json(response)
        return response


def _in_json(page: HttpResponseBase) -> JsonResponse:
    default = SERVER_ERROR if page.status_code >= 500 else BAD_REQUEST
    fault = _BY_STATUS.get(page.status_code, default)
    response = problem_response(page.status_code, fault.problem())
    for name, value in page.headers.items():
        if name.lower() not in _OF_THE_BODY:
            response.headers[name] = value
    response.cookies = page.cookies
    return response
