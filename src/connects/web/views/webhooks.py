"""Webhooks of payment providers. They come without a session; their signature says who sent them.

Checking one, and asking what became of its payment, may take a provider seconds, and anyone can send
what looks like one. So few are handled at a time: the other threads are for people.
"""

from __future__ import annotations

from threading import BoundedSemaphore

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from connects.acts.purchases.continue_payments import receive_webhook
from connects.billing.port import Forged
from connects.bootstrap.clock import now as clock_now

LARGEST = 200_000
AT_A_TIME = 2
RETRY_SECONDS = 30

_places = BoundedSemaphore(AT_A_TIME)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> JsonResponse:
    """Deal with a message: 200 once it is, 400 for a forged one, 503 to have it sent again."""
    if len(request.body) > LARGEST:
        return JsonResponse({"code": "too_large"}, status=413)
    if not _places.acquire(blocking=False):
        return _again_later()
    try:
        return _dealt_with(request, provider)
    finally:
        _places.release()


def _dealt_with(request: HttpRequest, provider: str) -> JsonResponse:
    try:
        receive_webhook(provider, request.body, request.headers, clock_now())
    except Forged as problem:
        return JsonResponse({"code": "forged", "problem": str(problem)}, status=400)
    except LookupError:
        return JsonResponse({"code": "unknown_provider"}, status=404)
    except ConnectionError:
        return _again_later()
    return JsonResponse({"code": "received"})


def _again_later() -> JsonResponse:
    return JsonResponse(
        {"code": "again_later"}, status=503, headers={"Retry-After": str(RETRY_SECONDS)}
    )
