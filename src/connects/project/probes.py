"""The addresses that machines ask: `/healthz`, `/readyz` and `/metrics`.

Middleware, and before all that minds hosts, HTTPS or sessions: who asks is a supervisor or a proxy on
the inside, by an address that is nobody's host name.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from connects.market.upkeep.readiness import OK, readiness
from connects.project.metrics import exposition

ASK_AGAIN_SECONDS = 5


class Probes:
    """Answers the three addresses, and hands everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._answer(request)
        if response is None:
            return self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse | None:
        match request.path_info:
            case "/healthz":
                return JsonResponse({"alive": True})
            case "/readyz":
                return _readyz()
            case "/metrics" if settings.METRICS_TOKEN:
                return _metrics(request)
            case _:
                return None


def _readyz() -> HttpResponse:
    found = readiness()
    is_ready = all(state == OK for state in found.values())
    response = JsonResponse({"ready": is_ready, **found}, status=200 if is_ready else 503)
    if not is_ready:
        response.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)
    return response


def _metrics(request: HttpRequest) -> HttpResponse:
    sent = request.headers.get("Authorization", "")
    if not hmac.compare_digest(sent.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        response = HttpResponse("Send the metrics token as a bearer.\n", "text/plain", 401)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    content, content_type = exposition()
    return HttpResponse(content, content_type)
