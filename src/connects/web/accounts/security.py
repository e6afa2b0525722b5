"""A person's own pages about their access: what protects it, and where it is open."""

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
from connects.market.people.access import addresses_of, has_second_factor
from connects.market.people.models import User
from connects.statements.account_emails import AccountEmailKind
from connects.vocabulary.typed_input import Typed
from connects.web.accounts.pages import asks_password_again
from connects.web.second_factor import needs_second_factor
from connects.web.viewer import Viewer, for_anyone, render_page
from connects.wording.messages import gettext as _


def _person(viewer: Viewer) -> User:
    if viewer.user is None:
        raise Http404
    return viewer.user


@for_anyone
def security(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """All that protects a person's access, on one page."""
    if viewer.user is None:
        return redirect_to_login(request.get_full_path())
    user = viewer.user
    addresses = addresses_of(user)
    context = {
        "confirmed": any(row.verified and row.email == user.email for row in addresses),
        "pending": next((row.email for row in addresses if row.email != user.email), None),
        "has_second_factor": has_second_factor(user),
        "needs_second_factor": needs_second_factor(user),
        "sessions": len(sessions.open_sessions(user, request.session.session_key, clock_now())),
    }
    return render_page(request, viewer, "web/accounts/security.html", context)


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
