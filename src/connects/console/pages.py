"""The frame of staff's pages, and who gets in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from connects.market.people.models import User


class StaffView(Protocol):
    """A page's function: it is told who of the staff looks."""

    def __call__(
        self, request: HttpRequest, staff: User, *args: Any, **kwargs: Any
    ) -> HttpResponseBase: ...


class Handler(Protocol):
    """What Django calls."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def for_staff(view: StaffView) -> Handler:
    """A page for staff; for everyone else there is no such page."""

    @wraps(view)
    def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.staff_role:
            raise Http404
        return view(request, request.user, *args, **kwargs)

    return handler


def staff_page(
    request: HttpRequest,
    staff: User,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page in the common frame, which is told that staff looks."""
    viewer = {"user": staff, "is_staff": True}
    return render(request, template, {"viewer": viewer, **context}, status=status)
