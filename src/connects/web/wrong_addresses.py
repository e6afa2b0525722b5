"""Pages for an address that is not there, or not for whoever is signed in: they keep the menu.

They know the person, and so need the whole site. What is refused before that is in `errors`.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from connects.web.errors import error_page
from connects.web.viewer import render_page, viewer_of
from connects.wording.messages import gettext as _


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page_with_menu(
        request,
        403,
        _("This page is not for your account"),
        _("Nothing was charged or changed. Sign in with an account that may see it."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page_with_menu(
        request,
        404,
        _("We cannot find that page"),
        _("It may have moved, or you may need to switch accounts."),
    )


def _page_with_menu(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    """An error page with the menu and the wallet of who is signed in; a guest costs no query."""
    # There is none where the address was refused before anyone signed in.
    user = getattr(request, "user", None)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not user or not user.is_authenticated:
        return error_page(request, status, title, advice)
    context = {"title": title, "advice": advice, "status": status}
    return render_page(request, viewer_of(request), "web/errors/error.html", context, status)
