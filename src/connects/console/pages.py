"""The frame of staff's pages, and who gets in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from connects.bootstrap.clock import now as clock_now
from connects.market.desk.selectors import counts_for
from connects.market.people.models import User
from connects.market.people.permissions import Act, may, permissions_of


class StaffView(Protocol):
    """A page's function, with the member of staff as its second argument."""

    def __call__(
        self, request: HttpRequest, staff: User, *args: Any, **kwargs: Any
    ) -> HttpResponseBase: ...


class Handler(Protocol):
    """What Django calls."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def for_staff(act: Act) -> Callable[[StaffView], Handler]:
    """Show a page to staff who may do this; for everyone else there is no such page."""

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
    """Raise Http404 unless the person may do this."""
    if not may(staff, act):
        raise Http404


def counts_of(
    request: HttpRequest,
    staff: User,
    more: Mapping[str, QuerySet[Any]] | None = None,
    sums: Mapping[str, tuple[QuerySet[Any], Combinable]] | None = None,
) -> dict[str, int]:
    """What waits for this member of staff, counted once for a page, its menu and all.

    A page that wants `more` counted, or `sums` of something, asks first.
    """
    found: dict[str, int] | None = getattr(request, "console_counts", None)
    if found is None:
        found = counts_for(staff, clock_now(), more, sums)
        request.console_counts = found  # type: ignore[attr-defined]
    return found


def staff_page(
    request: HttpRequest,
    staff: User,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Render a page in the common frame, with the member of staff and what they may do."""
    frame = {
        "viewer": {"user": staff, "is_staff": True},
        "may": permissions_of(staff),
        "counts": counts_of(request, staff),
    }
    return render(request, template, {**frame, **context}, status=status)
