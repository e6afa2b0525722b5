"""Webhook endpoints, for operators: what was delivered, what came back, and a delivery to try."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.events.addresses import URL_CHARACTERS
from connects.acts.events.manage_endpoints import (
    EndpointForm,
    make_by_hand,
    replay_by_hand,
    rotate_by_hand,
    send_test,
    set_enabled,
)
from connects.acts.events.sign import secrets_of
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.market.events.endpoints import delivery_page, endpoint_numbered, endpoints_with_counts
from connects.market.events.models import DeliveryState, Ordering, Signature, WebhookEndpoint
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

TYPES_CHARACTERS = 2_000
MADE = mark(
    "{endpoint} hears of everything from now on. Give its secret to the receiver, and send a test."
)
ROTATED = mark(
    "There is a new secret. For a day deliveries are signed with both: give the new one to the"
    " receiver before that is over."
)


@for_staff(Act.MANAGE_API_CLIENTS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every endpoint, with how many deliveries wait and are dead, and a form for another one."""
    form = _form(Typed(request.POST))
    made = make_by_hand(form, staff, clock_now()) if request.method == "POST" else None
    if isinstance(made, WebhookEndpoint):
        messages.success(request, _(MADE, endpoint=made.name))
        return redirect("console-webhook", number=made.pk)
    context = {
        "endpoints": endpoints_with_counts(),
        "form": form,
        "types": " ".join(form.types),
        "orderings": Ordering.values,
        "signatures": Signature.values,
        "refusal": refusal_text(made) if isinstance(made, Refused) else "",
    }
    status = ANSWERED_WITH_REFUSAL if isinstance(made, Refused) else 200
    return staff_page(request, staff, "console/webhooks.html", context, status)


def _form(typed: Typed) -> EndpointForm:
    return EndpointForm(
        name=typed.line("name"),
        url=typed.line("url", URL_CHARACTERS + 1),
        types=typed.line("types", TYPES_CHARACTERS).replace(",", " ").split(),
        ordering=typed.choice("ordering") or Ordering.ACCOUNT,
        signature=typed.choice("signature") or Signature.HMAC,
    )


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
            if sent.status:
                return _("It answered {status}, after {n} ms.", status=sent.status, n=sent.took_ms)
            return _("Nothing came back: {error}, after {n} ms.", error=sent.error, n=sent.took_ms)
        case "enable":
            set_enabled(found, staff, enabled=True, now=now)
            return _("Deliveries to {endpoint} go on where they were.", endpoint=found.name)
        case "disable":
            set_enabled(found, staff, enabled=False, now=now)
            return _(
                "Nothing is delivered to {endpoint} until you enable it again.", endpoint=found.name
            )
        case "rotate":
            rotated = rotate_by_hand(found, staff, now)
            return rotated if isinstance(rotated, Refused) else _(ROTATED)
        case "replay":
            again = replay_by_hand(found, staff, typed.line("event"), now)
            return again if isinstance(again, Refused) else _replayed(again, found.name)
        case _:
            raise Http404


def _replayed(events: int, name: str) -> str:
    return ngettext(
        "{n} event of the feed is gone through again for {endpoint}. Each keeps its id, so receivers"
        " know what they have seen.",
        "{n} events of the feed are gone through again for {endpoint}. Each keeps its id, so receivers"
        " know what they have seen.",
        events,
        endpoint=name,
    )
