"""One act for several rows of a list: asked for, tried, then done, with what became of each."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.acts.staff.do_in_bulk import Outcome, do_each, try_each
from connects.console.bulk_acts import BULK, Bulk
from connects.console.pages import for_staff, require_permission, staff_page
from connects.market.listing.listings import rows_named
from connects.market.members.editions import titled_names
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _


@for_staff(Act.USE_CONSOLE)
def bulk(request: HttpRequest, staff: User) -> HttpResponseBase:
    """The page for each step: what the act needs to know, what it would do, what it did."""
    typed = Typed(request.POST)
    act = BULK.get(typed.choice("bulk"))
    if request.method != "POST" or act is None:
        raise Http404
    require_permission(staff, act.shown.act)
    rows = rows_named(act.table.listing, typed.several("row"))
    if not rows:
        messages.error(request, _("Choose at least one row that is still in the list."))
        return redirect(reverse(act.table.address))
    names = [act.table.listing.name_of(row) for row in rows]
    context: dict[str, object] = {
        "act": act,
        "names": names,
        "rows": [act.name(row) for row in rows],
        "books": titled_names() if "policy" in act.fields else (),
        "typed": {name: typed.line(name, 500) for name in act.fields},
        "key": typed.key() or uuid4().hex,
    }
    step = typed.choice("step")
    if step not in ("try", "do") and act.fields:
        return staff_page(request, staff, "console/bulk.html", context)
    doing = act.read(typed, staff)
    if isinstance(doing, Refused):
        told = {**context, "refusal": refusal_text(doing)}
        return staff_page(request, staff, "console/bulk.html", told, ANSWERED_WITH_REFUSAL)
    found = (do_each if step == "do" else try_each)(rows, doing)
    context |= {"outcomes": [_told(act, outcome) for outcome in found], "is_done": step == "do"}
    done = sum(outcome.is_done for outcome in found)
    context |= {"done": done, "refused": len(found) - done, "total": act.total(rows, typed)}
    return staff_page(request, staff, "console/bulk.html", context)


def _told(act: Bulk, outcome: Outcome[object]) -> dict[str, object]:
    answer = outcome.answer
    if isinstance(answer, Refused):
        return {"name": act.name(outcome.item), "words": refusal_text(answer), "is_done": False}
    return {"name": act.name(outcome.item), "words": act.said(answer), "is_done": True}
