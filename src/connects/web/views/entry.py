"""Coming in: the home page, signing up, choosing an account, the rules."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from connects.market.people import services as people
from connects.market.people.models import User
from connects.market.people.selectors import CHOSEN_ACCOUNT
from connects.policy.explain import explain
from connects.statements.words import refusal_text
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.web.forms.people import SignUpForm
from connects.web.viewer import Viewer, for_anyone, for_members, page


@for_anyone
def home(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """What this is, for visitors; for members the page that they come for."""
    if viewer.is_client:
        return redirect("posts")
    if viewer.holds_wallet:
        return redirect("find-work")
    if viewer.is_staff:
        return redirect("console-posts")
    return page(request, viewer, "web/home.html")


@for_anyone
def sign_up(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer = people.register(
            people.Registration(
                name=data["name"],
                kind=AccountKind(data["kind"]),
                email=data["email"],
                password=data["password"],
            )
        )
        if not isinstance(answer, Refused):
            user = User.objects.get(email=data["email"].lower())
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("home")
        form.add_error("email", refusal_text(answer))
    return page(request, viewer, "web/sign_up.html", {"form": form})


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
    return page(request, viewer, "web/rules.html", {"sections": explain(viewer.book)})
