"""The rules in plain words, and answers to what people ask most."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from connects.policy.card_table import card_table
from connects.policy.explain import explain
from connects.statements.faq import faq
from connects.web.viewer import Viewer, for_anyone, render_page


@for_anyone
def rules(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Show the viewer's rule book in plain words."""
    priced, *others = explain(viewer.book)
    card = card_table(viewer.book)
    context = {
        "card": card,
        "has_demand": any(row.low != row.high for row in card),
        "adjustments": priced.lines[len(card) :],
        "sections": others,
    }
    return render_page(request, viewer, "web/rules.html", context)


@for_anyone
def help_page(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Answer what people ask most, from the viewer's rule book."""
    return render_page(request, viewer, "web/help.html", {"questions": faq(viewer.book)})
