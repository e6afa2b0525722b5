"""The page of where a person is signed in, and ending that."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.accounts import sessions
from connects.acts.notices.send_account_emails import write_account_email
from connects.bootstrap.client_address import client_address
from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import User
from connects.statements.account_emails import AccountEmailKind
from connects.vocabulary.typed_input import Typed
from connects.web.accounts.pages import asks_password_again
from connects.web.viewer import Viewer, for_anyone, render_page
from connects.wording.messages import gettext as _


def _person(viewer: Viewer) -> User:
    if viewer.user is None:
        raise Http404
    return viewer.user


@for_anyone
def open_sessions(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Where the person is signed in; the forms end one session, or all others."""
    if viewer.user is None:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        return _end(request, viewer)
    found = sessions.open_sessions(viewer.user, request.session.session_key, clock_now())
    return render_page(request, viewer, "web/accounts/sessions.html", {"sessions": found})


def _end(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    user = _person(viewer)
    if Typed(request.POST).choice("act") == "all":
        return _end_all_others(request, user)
    number = Typed(request.POST).row("number")
    if number is None:
        raise Http404
    if sessions.end_session(user, number):
        messages.success(request, _("That place is signed out."))
    return redirect("sessions")


@asks_password_again
def _end_all_others(request: HttpRequest, user: User) -> HttpResponseBase:
    """End all, and go on in this one: under a new key, so that a copy of the old one is worth nothing."""
    now = clock_now()
    sessions.end_sessions(user)
    update_session_auth_hash(request, user)
    sessions.record_session(request, user)
    parameters = {"when": now.isoformat(), "address": client_address(request)}
    write_account_email(
        AccountEmailKind.SESSIONS_ENDED, user.email, now, user=user, parameters=parameters
    )
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("sessions")
