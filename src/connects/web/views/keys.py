"""A person's API keys."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.accounts.make_api_key import (
    KEYS_MOST,
    LIFETIMES,
    MadeKey,
    make_key,
    revoke_key,
)
from connects.market.keys.models import NAME_CHARACTERS, ApiKey
from connects.market.keys.scopes import KEY_SCOPES, KeyScope
from connects.market.keys.selectors import keys_of
from connects.statements.checks.teams import check_of_key
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.accounts.pages import asks_password_again
from connects.web.checks import checked
from connects.web.viewer import Viewer, for_members, render_page
from connects.wording.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Held:
    """A key in the list."""

    row: ApiKey
    has_expired: bool

    @property
    def may(self) -> list[str]:
        """What it may do, in words."""
        return [_(words) for scope, words in KEY_SCOPES.items() if scope in self.row.scopes]


@for_members
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The keys that the person holds; its forms make one, which is shown this once, and revoke one."""
    act = Typed(request.POST).choice("act") if request.method == "POST" else ""
    if act == "revoke":
        return _revoked(request, viewer)
    if act == "make":
        return _made(request, viewer)
    if request.method == "POST":
        raise Http404
    return _show(request, viewer)


@asks_password_again
def _made(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    assert viewer.user is not None
    typed = Typed(request.POST)
    days = typed.number_or_none("days", most=max(LIFETIMES))
    if isinstance(days, Refused):
        return _show(request, viewer, refusal=refusal_text(days))
    scopes = typed.several("scopes")
    answer = make_key(viewer.user, viewer.account, typed.name("name"), scopes, days)
    if isinstance(answer, Refused):
        return _show(request, viewer, refusal=refusal_text(answer))
    return _show(request, viewer, answer)


def _offered(viewer: Viewer) -> dict[str, str]:
    """The scopes that are of use to the account: who holds no wallet asks for prices alone."""
    assert viewer.acting is not None
    of_use = KeyScope if viewer.acting.holds_wallet else (KeyScope.QUOTE,)
    return {scope.value: _(KEY_SCOPES[scope]) for scope in of_use}


def _revoked(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    number = Typed(request.POST).row("number")
    if number is None:
        raise Http404
    assert viewer.user is not None
    held = next((key for key in keys_of(viewer.user) if key.pk == number), None)
    if held is None:
        return redirect("api-keys")
    asked = checked(request, viewer, check_of_key(held.name, held.last_used))
    if asked is not None:
        return asked
    revoke_key(viewer.user, number)
    messages.success(request, _("The key “{key}” no longer works.", key=held.name))
    return redirect("api-keys")


def _show(
    request: HttpRequest, viewer: Viewer, made: MadeKey | None = None, refusal: str = ""
) -> HttpResponseBase:
    assert viewer.user is not None
    context = {
        "made": made,
        "keys": [Held(key, key.has_expired(viewer.now)) for key in keys_of(viewer.user)],
        "scopes": _offered(viewer),
        "lifetimes": LIFETIMES,
        "most": KEYS_MOST,
        "name_characters": NAME_CHARACTERS,
        "calls": settings.API_CALLS_A_MINUTE,
        "site": settings.ADDRESS,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    response = render_page(request, viewer, "web/api_keys.html", context, status=status)
    # A key that is shown once must not be found again in a browser's or a proxy's store.
    response.headers["Cache-Control"] = "no-store"
    return response
