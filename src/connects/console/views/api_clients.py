"""Operators make API clients and their server keys, and revoke them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from connects.acts.accounts.make_api_client import (
    ClientForm,
    MadeServerKey,
    add_server_key,
    make_client,
)
from connects.acts.accounts.revoke_api_client import revoke_client, revoke_server_key
from connects.console.checks import checked
from connects.console.pages import for_staff
from connects.console.tables.page import list_response
from connects.console.tables.people import CLIENT_TABLE
from connects.market.api_clients.models import CALLS_A_SECOND, NAME_CHARACTERS, ApiClient, Scope
from connects.market.api_clients.selectors import client_numbered, live_keys_of
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.checks.check import Check
from connects.statements.checks.staff import check_of_api_client
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed, whole_number
from connects.wording.messages import gettext as _

NETWORKS_CHARACTERS = 400


@never_cache
@for_staff(Act.MANAGE_API_CLIENTS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every client with its keys; a new key is shown once, on the page that answers the form."""
    typed = Typed(request.POST)
    if request.method == "POST":
        check = _check(typed)
        asked = checked(request, staff, check) if check is not None else None
        if asked is not None:
            return asked
    answer = _act(typed, staff) if request.method == "POST" else None
    if isinstance(answer, ApiClient):
        messages.success(request, _("The key no longer works."))
        return redirect("console-api-clients")
    refusal = refusal_text(answer) if isinstance(answer, Refused) else ""
    context = {
        "scopes": [scope.value for scope in Scope],
        "calls_a_second": CALLS_A_SECOND,
        "made": answer if isinstance(answer, MadeServerKey) else None,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return list_response(request, staff, CLIENT_TABLE, "console/api_clients.html", context, status)


def _check(typed: Typed) -> Check | None:
    """What is to be read before a key is revoked."""
    act = typed.choice("act")
    if act not in ("revoke", "revoke-key"):
        return None
    client = _client(typed)
    keys = live_keys_of(client)
    if act == "revoke":
        return check_of_api_client(client.name, len(keys))
    key = typed.line("key")
    return (
        check_of_api_client(client.name, 1, key) if key in {each.prefix for each in keys} else None
    )


def _act(typed: Typed, staff: User) -> MadeServerKey | ApiClient | Refused:
    match typed.choice("act"):
        case "make":
            return make_client(_form(typed), staff)
        case "add-key":
            return add_server_key(_client(typed), staff)
        case "revoke-key":
            return revoke_server_key(_client(typed), typed.line("key"), staff)
        case "revoke":
            return revoke_client(_client(typed), staff)
        case _:
            raise Http404


def _form(typed: Typed) -> ClientForm:
    networks = typed.line("addresses", NETWORKS_CHARACTERS).replace(",", " ").split()
    rate = typed.line("rate")
    return ClientForm(
        name=typed.line("name", NAME_CHARACTERS + 1),
        scopes=[scope.value for scope in Scope if typed.raw(f"scope-{scope}")],
        networks=networks,
        calls_a_second=(whole_number(rate) or 0) if rate else CALLS_A_SECOND,
    )


def _client(typed: Typed) -> ApiClient:
    number = whole_number(typed.line("client"))
    found = None if number is None else client_numbered(number)
    if found is None:
        raise Http404
    return found
