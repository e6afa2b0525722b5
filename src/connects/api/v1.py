"""The API's first version: who may call, and how errors are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from typing_extensions import override

from connects.acts.oversight.turns import TurnTaken
from connects.api.call_rates import rate_headers
from connects.api.callers import ApiKeyHolder, SignedIn, Stopped, bearer_key
from connects.api.clash_problems import IN_PROGRESS
from connects.api.json_answers import Renderer, problem_response
from connects.api.json_bodies import NamedTwice, StrictParser
from connects.api.parameters import operation_at, parameter_problems
from connects.api.problems import (
    MALFORMED,
    NOT_FOUND,
    NOT_JSON,
    NOT_SIGNED_IN,
    TOO_LARGE,
    Fault,
    invalid,
)
from connects.api.routers import ROUTERS
from connects.api.server_keys import Host, ServerKey
from connects.api.token_holders import show_to_page
from connects.api.unread import only_known
from connects.api.unreadable import problem_of
from connects.api.versions import DEPRECATED, VERSION_HEADER, say_deprecation
from connects.bootstrap.plain_headers import set_plain
from connects.market.keys.scopes import KeyScope


class Api(NinjaAPI):
    """The API, whose document says that problems are sent as such, and which scope a call needs."""

    @override
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        scopes = _scopes()
        for methods in schema["paths"].values():
            for operation in methods.values():
                _say_problems(operation["responses"])
                _say_words(operation.get("parameters", ()))
                name = operation["operationId"]
                if name in scopes:
                    operation["x-connects-scope"] = scopes[name]
                if name in DEPRECATED:
                    operation["deprecated"] = True
        return schema


def _scopes() -> dict[str, str]:
    """The scope that a key needs for each operation, by its id."""
    found: dict[str, str] = {}
    for router in ROUTERS:
        for view in router.path_operations.values():
            for operation in view.operations:
                asked = [*operation.auth_callbacks, router.auth]
                for auth in (auth for auth in asked if isinstance(auth, ServerKey | ApiKeyHolder)):
                    found.setdefault(str(operation.operation_id), auth.scope.value)
    return found


def _say_problems(responses: dict[Any, Any]) -> None:
    for status, answer in responses.items():
        if int(status) >= 400 and "content" in answer:
            answer["content"] = {"application/problem+json": answer["content"]["application/json"]}


def _say_words(parameters: Iterable[dict[str, Any]]) -> None:
    """Say a parameter's words and its default in one place; else generators take it for an object."""
    for parameter in parameters:
        match parameter["schema"]:
            case {"allOf": [{"enum": _} as words], **more}:
                parameter["schema"] = {**words, **more}


api = Api(
    title="Connects",
    version="1",
    description="What proposals cost, and why; and for a marketplace of your own: accounts, jobs, quotes,"
    " proposals, wallets; and your own, with a key of yours. Errors have one shape: `Problem`.",
    urls_namespace="api-v1",
    auth=[ApiKeyHolder(KeyScope.QUOTE), SignedIn()],
    docs_url="/docs",
    renderer=Renderer(),
    parser=StrictParser(),
)


def _only_json(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A body is JSON, and says so, as a foreign site's form cannot. Answers are the caller's alone."""

    @wraps(run)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("POST", "PUT") and not _is_json(request):
            response: HttpResponseBase = _answer(NOT_JSON)
        else:
            response = run(request, *args, **kwargs)
        headers = {"Cache-Control": "no-store"}
        host = getattr(request, "auth", None)
        if isinstance(host, Host):
            headers[VERSION_HEADER] = host.version.isoformat()
            headers |= rate_headers(host.client, host.calls_left)
        set_plain(response, headers)
        show_to_page(request, response)
        return response

    return checked


def _is_json(request: HttpRequest) -> bool:
    """Whether the body says that it is JSON; a call with a key, which no form can send, may have none."""
    if request.content_type in ("application/json", "application/x-ndjson"):
        return True
    has_body = request.headers.get("Content-Length", "0") not in ("", "0")
    return not has_body and bearer_key(request) != ""


def _deprecated(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Say of an operation that is on its way out that it is."""

    @wraps(run)
    def said(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = run(request, *args, **kwargs)
        match = request.resolver_match
        if DEPRECATED and match is not None and match.url_name is not None:
            found = operation_at(match.route, request.method)
            say_deprecation(response, "" if found is None else str(found.operation_id))
        return response

    return said


api.add_decorator(_only_json, mode="view")
api.add_decorator(_deprecated, mode="view")
api.add_decorator(only_known, mode="operation")
for each in ROUTERS:
    api.add_router("", each)


def _answer(fault: Fault) -> HttpResponse:
    return problem_response(fault.status, fault.problem())


@api.exception_handler(Stopped)
def _stopped(request: HttpRequest, stopped: Stopped) -> HttpResponse:
    return problem_response(stopped.status, stopped.problem)


@api.exception_handler(TurnTaken)
def _in_progress(request: HttpRequest, taken: TurnTaken) -> HttpResponse:
    return problem_response(IN_PROGRESS.status, IN_PROGRESS.problem(retry_after_seconds=1))


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _answer(NOT_SIGNED_IN)


@api.exception_handler(HttpError)
def _malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that is not JSON; the library raises this error for nothing else here."""
    if isinstance(error.__cause__, NamedTwice):
        return problem_response(422, error.__cause__.problem)
    return _answer(MALFORMED)


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return _answer(TOO_LARGE)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(NOT_FOUND)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    of_body = [problem_of(each) for each in error.errors]
    return problem_response(422, invalid([*parameter_problems(request), *of_body]))
