"""Operators add members of staff, change their role, and stop them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from connects.acts.staff import manage_staff
from connects.acts.staff.manage_staff import EMAIL_CHARACTERS, Linked
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.market.people.models import STAFF_ROLES, User
from connects.market.people.permissions import Act
from connects.market.staff.selectors import staff_members
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _


@never_cache
@for_staff(Act.MANAGE_STAFF)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Everyone on the staff; a new link is shown once, on the page that answers the form."""
    answer = _act(Typed(request.POST), staff) if request.method == "POST" else None
    if isinstance(answer, User):
        messages.success(request, _done_text(Typed(request.POST)))
        return redirect("console-staff")
    refusal = refusal_text(answer) if isinstance(answer, Refused) else ""
    context = {
        "members": staff_members(clock_now()),
        "roles": [role.value for role in STAFF_ROLES],
        "linked": answer if isinstance(answer, Linked) else None,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/staff.html", context, status)


def _done_text(typed: Typed) -> str:
    email = typed.line("email", EMAIL_CHARACTERS)
    if typed.choice("act") == "stop":
        return _("{email} is no longer on the staff.", email=email)
    return _("{email} is {role} now.", email=email, role=_(typed.choice("role")))


def _act(typed: Typed, staff: User) -> Linked | User | Refused:
    email, role = typed.line("email", EMAIL_CHARACTERS), typed.choice("role")
    match typed.choice("act"):
        case "add":
            return manage_staff.add(email, role, staff)
        case "link":
            return manage_staff.new_link(email, staff)
        case "role":
            return manage_staff.set_role(email, role, staff)
        case "stop":
            return manage_staff.stop(email, staff)
        case _:
            raise Http404
