"""Webhook endpoints, for operators: what was delivered, what came back, and a delivery to try."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.events.manage_endpoints import send_test, set_enabled
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.market.events.endpoints import delivery_page, endpoint_numbered, endpoints
from connects.market.events.models import DeliveryState, WebhookEndpoint
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.vocabulary.typed_input import Typed


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
        messages.success(request, _act(Typed(request.POST).choice("act"), found, staff))
        return redirect("console-webhook", number=number)
    typed = Typed(request.GET)
    state = typed.choice("state")
    context = {
        "endpoint": found,
        "deliveries": delivery_page(found, typed.page(), state),
        "keep": f"state={state}&" if state in DeliveryState.values else "",
        "states": DeliveryState.values,
        "state": state,
    }
    return staff_page(request, staff, "console/webhook.html", context)


def _act(act: str, found: WebhookEndpoint, staff: User) -> str:
    """Do what a form asks for; return what happened. Raises Http404 for what is no act."""
    now = clock_now()
    match act:
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
        case _:
            raise Http404
