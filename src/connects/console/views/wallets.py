"""An account's holdings, history and payments, for support and finance; reading them is logged."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from connects.acts.oversight.audit import note_reading
from connects.acts.staff.care_for_payment import payments_of
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.market.members.selectors import membership_of, wallet_history
from connects.market.people.models import User
from connects.market.people.permissions import Act, may
from connects.market.people.selectors import account_named
from connects.vocabulary.parties import AccountKind

LINES = 50


@for_staff(Act.READ_WALLETS)
def wallet(request: HttpRequest, staff: User, handle: str) -> HttpResponseBase:
    """One account's balance, payments and newest lines."""
    found = account_named(handle)
    if found is None or not AccountKind(found.kind).holds_wallet:
        raise Http404
    note_reading(staff, Act.READ_WALLETS, f"account:{found.handle}", clock_now())
    context = {
        "account": found,
        "membership": membership_of(found, clock_now()),
        "lines": wallet_history(found, LINES),
        "payments": payments_of(found) if may(staff, Act.READ_PAYMENTS) else [],
    }
    return staff_page(request, staff, "console/wallet.html", context)
