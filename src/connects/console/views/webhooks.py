"""Webhook endpoints, for operators: what was delivered, what came back, and a delivery to try."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import pluralize

from connects.acts.events.manage_endpoints import (
    replay_by_hand,
    rotate_by_hand,
    send_test,
    set_enabled,
)
from connects.acts.events.sign import secrets_of
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.market.events.endpoints import delivery_page, endpoint_numbered, endpoints
from connects.market.events.models import DeliveryState, WebhookEndpoint
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed

ROTATED = (
    "There is a new secret. For a day deliveries are signed with both: give the new one to the"
    " receiver before that is over."
)


@for_staff(Act.MANAGE_API_CLIENTS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every endpoint, with how many deliveries wait and are dead."""
    return staff_page(request, staff, "console/webhooks.html", {"endpoints": endpoints()})


@for_staff(Act.MANAGE_API_CLIENTS)
def endpoint(request: HttpRequest, staff: User, number: int) -> HttpResponseBase:
    """One endpoint with its deliveries; its forms try it, stop it and let it go on."""
    found = endpoint_numbered(number)
    if found is None:
        raise Http404
    if request.method == "POST":
        done = _act(Typed(request.POST), found, staff)
        if isinstance(done, Refused):
            messages.error(request, refusal_text(done))
        else:
            messages.success(request, done)
        return redirect("console-webhook", number=number)
    typed = Typed(request.GET)
    state = typed.choice("state")
    context = {
        "endpoint": found,
        "secrets": secrets_of(found, clock_now()),
        "deliveries": delivery_page(found, typed.page(), state),
        "keep": f"state={state}&" if state in DeliveryState.values else "",
        "states": DeliveryState.values,
        "state": state,
    }
    return staff_page(request, staff, "console/webhook.html", context)


def _act(typed: Typed, found: WebhookEndpoint, staff: User) -> str | Refused:
    """Do what a form asks for; return what happened. Raises Http404 for what is no act."""
    now = clock_now()
    match typed.choice("act"):
        case "test":
            sent = send_test(found, now)
            came = (
                f"It answered {sent.status}" if sent.status else f"Nothing came back: {sent.error}"
            )
            return f"{came}, after {sent.took_ms} ms."
        case "enable":
            set_enabled(found, staff, enabled=True, now=now)
            return f"Deliveries to {found.name} go on where they were."
        case "disable":
            set_enabled(found, staff, enabled=False, now=now)
            return f"Nothing is delivered to {found.name} until you enable it again."
        case "rotate":
            rotated = rotate_by_hand(found, staff, now)
            return rotated if isinstance(rotated, Refused) else ROTATED
        case "replay":
            again = replay_by_hand(found, staff, typed.line("event"), now)
            return again if isinstance(again, Refused) else _replayed(again, found.name)
        case _:
            raise Http404


def _replayed(events: int, name: str) -> str:
    return (
        f"{events} event{pluralize(events)} of the feed {pluralize(events, 'is,are')} gone through"
        f" again for {name}. Each keeps its id, so receivers know what they have seen."
    )
