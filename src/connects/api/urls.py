"""The addresses of the API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from connects.api.json_answers import problem_response
from connects.api.problems import NOT_FOUND
from connects.api.v1 import api


@csrf_exempt
def _nowhere(request: HttpRequest) -> HttpResponse:
    """What is no address of ours is not found at once, without a detour to one with a slash behind it."""
    return problem_response(NOT_FOUND.status, NOT_FOUND.problem())


urlpatterns = [path("v1/", api.urls), re_path("", _nowhere)]
