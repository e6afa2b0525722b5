"""The audit of what staff did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from connects.console.pages import for_staff, staff_page
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.market.trust.selectors import audit_entries
from connects.vocabulary.typed_input import Typed


@for_staff(Act.READ_AUDIT)
def audit_lines(request: HttpRequest, staff: User) -> HttpResponseBase:
    acts = audit_entries(Typed(request.GET).page())
    return staff_page(request, staff, "console/audit.html", {"acts": acts})
