"""All accounts, for staff."""

from __future__ import annotations

from django.db.models import Prefetch, Q

from connects.market.listing.filters import (
    Choice,
    Country,
    Days,
    LookedUp,
    Rows,
    Words,
    exactly,
    of_column,
)
from connects.market.listing.listings import Listing, Sort
from connects.market.people.models import Account, Membership
from connects.market.people.search import named
from connects.vocabulary.parties import AccountKind
from connects.wording.messages import mark


def _with_address(rows: Rows, text: str) -> Rows:
    people = Membership.objects.filter(user__email=text.lower())
    return rows.filter(pk__in=people.values("account"))


def _rows(source: type[Account]) -> Rows:
    people = Membership.objects.select_related("user").order_by("id")
    return source.objects.prefetch_related(Prefetch("memberships", people, to_attr="people"))


STANDINGS = {
    "active": (mark("Active"), Q(suspended=None, closed=None)),
    "suspended": (mark("Suspended"), Q(suspended__isnull=False, closed=None)),
    "closed": (mark("Closed"), Q(suspended__isnull=False, closed__isnull=False, erased=None)),
    "erased": (mark("Erased"), Q(suspended__isnull=False, erased__isnull=False)),
}
"""An account that is closed or erased is suspended, too, so that one index finds them all."""

ACCOUNTS = Listing(
    sources=(Account,),
    rows=_rows,
    filters=(
        LookedUp("q", mark("Name or handle"), named),
        Words("email", mark("E-mail address"), _with_address, 254),
        of_column("kind", mark("Kind"), [(kind.value, kind.value) for kind in AccountKind]),
        Choice("standing", mark("Standing"), STANDINGS),
        Country("country", mark("Country"), "country"),
        exactly("plan", mark("Plan"), "subscription__plan"),
        Days("registered", mark("Registered"), "registered"),
    ),
    sorts={
        "newest": Sort(mark("Newest"), ("registered",)),
        "oldest": Sort(mark("Oldest"), ("registered",), is_descending=False),
        "name": Sort(mark("Name"), ("name",), is_descending=False),
    },
)


def standing_of(account: Account) -> str:
    """How an account stands, in a word."""
    if account.erased:
        return "erased"
    if account.closed:
        return "closed"
    return "suspended" if account.suspended else "active"
