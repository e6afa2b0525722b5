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
from connects.market.people.permissions import Act, denied, may, permissions_of
from connects.statements.refusal_words import refusal_text


class StaffView(Protocol):
    """A page's function, with the member of staff as its second argument."""

    def __call__(
        self, request: HttpRequest, staff: User, *args: Any, **kwargs: Any
    ) -> HttpResponseBase: ...


class Handler(Protocol):
    """What Django calls."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def for_staff(act: Act) -> Callable[[StaffView], Handler]:
    """Show a page to staff who may do this, tell other staff who may; members see no such page."""

    def page_for_them(view: StaffView) -> Handler:
        @wraps(view)
        def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                require_permission(request.user, act)
                return view(request, request.user, *args, **kwargs)
            except NotForRoleError as refusal:
                return _not_for_role(request, request.user, refusal.act)

        handler.act = act  # type: ignore[attr-defined]
        return handler

    return page_for_them


class NotForRoleError(Exception):
    """A page is for other roles than that of the member of staff who asks for it."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.value)
        self.act = act


def require_permission(staff: User, act: Act) -> None:
    """Raise NotForRoleError unless the member of staff may do this, and Http404 for a member."""
    if may(staff, act):
        return
    if not may(staff, Act.USE_CONSOLE):
        raise Http404
    raise NotForRoleError(act)


def _not_for_role(request: HttpRequest, staff: User, act: Act) -> HttpResponse:
    """As any page that is not theirs, it is not found; colleagues hear whose it is."""
    refused = denied(staff, act)
    words = {"words": "" if refused is None else refusal_text(refused)}
    return staff_page(request, staff, "console/not_for_role.html", words, status=404)


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
