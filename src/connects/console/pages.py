"""The frame of staff's pages, and who gets in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from connects.market.people.models import User
from connects.market.people.permissions import Act, may, permissions_of


class StaffView(Protocol):
    """A page's function: it is told who of the staff looks."""

    def __call__(
        self, request: HttpRequest, staff: User, *args: Any, **kwargs: Any
    ) -> HttpResponseBase: ...


class Handler(Protocol):
    """What Django calls."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def for_staff(act: Act) -> Callable[[StaffView], Handler]:
    """A page for members of staff who may do this; for everyone else there is no such page."""

    def page_for_them(view: StaffView) -> Handler:
        @wraps(view)
        def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require_permission(request.user, act)
            return view(request, request.user, *args, **kwargs)

        handler.act = act  # type: ignore[attr-defined]
        return handler

    return page_for_them


def require_permission(staff: User, act: Act) -> None:
    """Go on only for a person who may do this; for everyone else there is nothing here."""
    if not may(staff, act):
        raise Http404


def staff_page(
    request: HttpRequest,
    staff: User,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page in the common frame, which is told who of the staff looks and what they may do."""
    frame = {"viewer": {"user": staff, "is_staff": True}, "may": permissions_of(staff)}
    return render(request, template, {**frame, **context}, status=status)
