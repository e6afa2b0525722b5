"""Providers' messages. They come without a session; their signature says who sent them."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from connects.billing.port import Forged
from connects.bootstrap.clock import now as clock_now
from connects.market.settlement.services import receive

LARGEST = 200_000


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> JsonResponse:
    """Deal with a message: 200 once it is, 400 for a forged one, 503 to have it sent again."""
    if len(request.body) > LARGEST:
        return JsonResponse({"code": "too_large"}, status=413)
    try:
        receive(provider, request.body, request.headers, clock_now())
    except Forged as problem:
        return JsonResponse({"code": "forged", "problem": str(problem)}, status=400)
    except LookupError:
        return JsonResponse({"code": "unknown_provider"}, status=404)
    except ConnectionError:
        return JsonResponse({"code": "again_later"}, status=503)
    return JsonResponse({"code": "received"})
