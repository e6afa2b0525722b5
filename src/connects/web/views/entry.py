"""Coming in: the home page, choosing an account, the rules."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from connects.acts.accounts.sign_up import is_confirmed
from connects.market.people.selectors import CHOSEN_ACCOUNT
from connects.policy.explain import explain
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_anyone, for_members, render_page


@for_anyone
def home(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """What this is, for visitors; for members the page that they come for."""
    if viewer.is_client:
        return redirect("posts")
    if viewer.holds_wallet:
        return redirect("find-work")
    if viewer.is_staff:
        return redirect("console-posts")
    if viewer.user is not None:
        return redirect("unconfirmed" if not is_confirmed(viewer.user) else "security")
    return render_page(request, viewer, "web/home.html")


@require_POST
@for_members
def choose_account(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Act for another of one's own accounts."""
    handle = Typed(request.POST).choice("account")
    if handle in {acting.account.handle for acting in viewer.accounts}:
        request.session[CHOSEN_ACCOUNT] = handle
    return redirect("home")


@for_anyone
def rules(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The rule book that holds for whoever looks, in plain words."""
    return render_page(request, viewer, "web/rules.html", {"sections": explain(viewer.book)})
