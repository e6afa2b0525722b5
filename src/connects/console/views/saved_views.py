"""A member of staff keeps views of lists, and forgets them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.acts.staff.keep_views import NAME_CHARACTERS, QUERY_CHARACTERS, forget_view, keep_view
from connects.console.pages import for_staff
from connects.console.tables.mail import ACCESS_TABLE, EMAIL_TABLE
from connects.console.tables.money import PAYMENT_TABLE, PURCHASE_TABLE
from connects.console.tables.people import (
    ACCOUNT_TABLE,
    AUDIT_TABLE,
    CLIENT_TABLE,
    CORRECTION_TABLE,
)
from connects.console.tables.rules import ROLLOUT_TABLE
from connects.console.tables.work import APPEAL_TABLE, FLAG_TABLE, JOB_TABLE, PROPOSAL_TABLE
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _

_TABLES = (
    *(ACCOUNT_TABLE, AUDIT_TABLE, CLIENT_TABLE, CORRECTION_TABLE),
    *(APPEAL_TABLE, FLAG_TABLE, JOB_TABLE, PROPOSAL_TABLE),
    *(PAYMENT_TABLE, PURCHASE_TABLE, EMAIL_TABLE, ACCESS_TABLE, ROLLOUT_TABLE),
)
ADDRESSES = {**{table.name: table.address for table in _TABLES}, "promos": "console-promos"}
"""The lists that views are kept of, by name, and where each is."""


@for_staff(Act.USE_CONSOLE)
def keep(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Keep or forget a view, and go back to its list."""
    typed = Typed(request.POST)
    name = typed.choice("list")
    if request.method != "POST" or name not in ADDRESSES:
        raise Http404
    address = reverse(ADDRESSES[name])
    query = typed.line("query", QUERY_CHARACTERS + 1)
    if typed.choice("act") == "forget":
        forget_view(staff, typed.row("view") or 0)
        messages.success(request, _("That view is forgotten. Nothing in the list has changed."))
        return redirect(address)
    found = keep_view(staff, name, typed.line("name", NAME_CHARACTERS + 1), query)
    if isinstance(found, Refused):
        messages.error(request, refusal_text(found))
        return redirect(address)
    messages.success(request, _("“{view}” is kept. You find it above this list.", view=found.name))
    return redirect(f"{address}?{found.query}")
