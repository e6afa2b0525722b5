"""One search over everything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.oversight.audit import note_reading
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.console.tables.links import link_of, permitted
from connects.market.desk.search import Found, search
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.vocabulary.typed_input import Typed

MOST = 254


@for_staff(Act.USE_CONSOLE)
def everything(request: HttpRequest, staff: User) -> HttpResponseBase:
    """What fits; straight to its page where one thing alone is meant."""
    text = Typed(request.GET).line("q", MOST)
    found = search(staff, text)
    for each in found:
        if each.kind == "Person":
            note_reading(staff, Act.READ_PEOPLE, each.subject, clock_now())
    only = permitted(staff, _only(found))
    if only:
        return redirect(only)
    context = {
        "text": text,
        "searched": text,
        "found": [(each, permitted(staff, link_of(each.subject))) for each in found],
    }
    return staff_page(request, staff, "console/search.html", context)


def _only(found: list[Found]) -> str:
    """The page of the one thing that is meant exactly; "" where several fit, or none does."""
    meant = {each.subject for each in found if each.is_exact}
    return link_of(meant.pop()) if len(meant) == 1 else ""
