"""The API's first version: who may call, and how errors are answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from connects.api.callers import ApiKeyHolder, SignedIn, Stopped
from connects.api.json_answers import problem_response
from connects.api.prices import router
from connects.api.problems import (
    MALFORMED,
    NOT_FOUND,
    NOT_JSON,
    NOT_SIGNED_IN,
    TOO_LARGE,
    Fault,
    invalid,
)
from connects.api.unreadable import problem_of

api = NinjaAPI(
    title="Connects",
    version="1",
    description="What proposals cost, and why. Errors have one shape: `Problem`.",
    urls_namespace="api-v1",
    auth=[ApiKeyHolder(), SignedIn()],
    docs_url="/docs",
)


def _only_json(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A body is JSON, and says so, as a foreign site's form cannot. Answers are the caller's alone."""

    @wraps(run)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and request.content_type != "application/json":
            response: HttpResponseBase = _answer(NOT_JSON)
        else:
            response = run(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return checked


api.add_decorator(_only_json, mode="view")
api.add_router("", router)


def _answer(fault: Fault) -> HttpResponse:
    return problem_response(fault.status, fault.problem())


@api.exception_handler(Stopped)
def _stopped(request: HttpRequest, stopped: Stopped) -> HttpResponse:
    return problem_response(stopped.status, stopped.problem)


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _answer(NOT_SIGNED_IN)


@api.exception_handler(HttpError)
def _malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that is not JSON; the library raises this error for nothing else here."""
    return _answer(MALFORMED)


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return _answer(TOO_LARGE)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(NOT_FOUND)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_response(422, invalid([problem_of(each) for each in error.errors]))
