"""The page with which somebody signs up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from connects.acts.accounts import sign_up as joining
from connects.bootstrap.clock import now as clock_now
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.typed_input import Typed
from connects.web.forms.people import SignUpForm
from connects.web.viewer import Viewer, for_anyone, render_page


@for_anyone
def sign_up(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """A newcomer's form. Its answer is the same for an address that is known here."""
    sent = request.POST if request.method == "POST" else None
    kind = Typed(request.GET).choice("kind")
    begun = {"email": Typed(request.GET).line("email", 254)}
    form = SignUpForm(sent, initial=begun | ({"kind": kind} if kind in set(AccountKind) else {}))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        entered = joining.SignUpRequest(
            name=data["name"],
            kind=AccountKind(data["kind"]),
            email=data["email"],
            password=data["password"],
        )
        joining.sign_up(entered, clock_now())
        context = {"email": data["email"]}
        return render_page(request, viewer, "web/accounts/check_e_mail.html", context)
    return render_page(request, viewer, "web/sign_up.html", {"form": form})
