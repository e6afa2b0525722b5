"""End sessions that are idle or old, and ask for a second factor where one is due."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.accounts import sessions
from connects.bootstrap.client_address import client_address
from connects.bootstrap.clock import now as clock_now
from connects.market.people.access import has_second_factor
from connects.market.people.models import User
from connects.web.second_factor import needs_second_factor
from connects.wording.messages import gettext as _

# Where somebody may go who has yet to set up the second factor that they need.
_ON_THE_WAY = ("/account/second-factor/", "/account/again/", "/sign-out/", "/static/", "/api/")


class SessionLimits:
    """Check each request of a signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, unless its session is over."""
        # Who brings no cookie has no session, and costs no query.
        user = request.user if request.session.session_key else None
        if isinstance(user, User):
            answer = _checked(request, user)
            if answer is not None:
                return answer
        return self.get_response(request)


def _checked(request: HttpRequest, user: User) -> HttpResponseBase | None:
    now = clock_now()
    if not sessions.has_begun(request.session):
        sessions.begin(request.session, now)
        sessions.record_session(request, user)
    if sessions.is_over(request.session, user, now):
        logout(request)
        if request.path.startswith("/api/"):
            return None
        messages.info(
            request, _("You were signed out because your session had ended. Sign in again.")
        )
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
    if sessions.note_seen(request.session, now):
        sessions.record_address(request.session.session_key or "", client_address(request), now)
    if needs_second_factor(user) and not request.path.startswith(_ON_THE_WAY):
        return None if has_second_factor(user) else redirect("mfa_activate_totp")
    return None
