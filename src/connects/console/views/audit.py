"""The audit of what staff did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from connects.console.pages import for_staff
from connects.console.tables.page import list_response
from connects.console.tables.people import AUDIT_TABLE
from connects.market.people.models import User
from connects.market.people.permissions import Act


@for_staff(Act.READ_AUDIT)
def audit_lines(request: HttpRequest, staff: User) -> HttpResponseBase:
    """All that staff did and read, with links to what it was about."""
    return list_response(request, staff, AUDIT_TABLE)
