"""A person's own page about what protects their access."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from connects.acts.accounts import sessions
from connects.bootstrap.clock import now as clock_now
from connects.market.people.access import addresses_of, has_second_factor
from connects.web.second_factor import needs_second_factor
from connects.web.viewer import Viewer, for_anyone, render_page


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
