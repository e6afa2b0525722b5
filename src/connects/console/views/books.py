"""Pages for finance: closed months, and differences with providers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from connects.console.pages import for_staff, staff_page
from connects.market.books.selectors import closed_month, last_closes, last_reconciliations
from connects.market.people.models import User
from connects.market.people.permissions import Act


@for_staff(Act.READ_BOOKS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """The last closed months and reconciled days."""
    context = {"closes": last_closes(), "days": last_reconciliations()}
    return staff_page(request, staff, "console/books.html", context)


@for_staff(Act.READ_BOOKS)
def month(request: HttpRequest, staff: User, name: str) -> HttpResponseBase:
    """The close of one month, such as `2026-10`."""
    found = closed_month(name)
    if found is None:
        raise Http404
    closed, made = found
    context = {"closed": closed, "made": made}
    return staff_page(request, staff, "console/month.html", context)
