"""Payments for staff: purchases and memberships in one list, and purchases alone."""

from __future__ import annotations

from typing import TypeAlias

from django.db.models import Q

from connects.billing.port import MethodKind
from connects.market.listing.filters import (
    Choice,
    Days,
    Filter,
    Kinds,
    Range,
    Rows,
    Words,
    exactly,
    of_column,
)
from connects.market.listing.listings import Listing, Sort
from connects.market.payments.care import NEEDS_CARE
from connects.market.payments.models import PaymentStatus
from connects.market.plans.models import PlanPayment
from connects.market.purchases.models import Purchase
from connects.wording.messages import mark

AnyPayment: TypeAlias = Purchase | PlanPayment


def _named(rows: Rows, text: str) -> Rows:
    """By our id, with or without its noun, or by the provider's."""
    own = text.rpartition(":")[2]
    return rows.filter(Q(public_id=own) | Q(provider_reference=text))


_SORTS = {
    "newest": Sort(mark("Newest"), ("ordered",)),
    "oldest": Sort(mark("Oldest"), ("ordered",), is_descending=False),
}
_FILTERS: tuple[Filter, ...] = (
    Words("q", mark("Payment, or the provider's id"), _named, 120),
    Choice("needs", mark("Review"), {"review": (mark("Needs someone"), NEEDS_CARE)}),
    of_column("status", mark("State"), PaymentStatus.choices),
    of_column("method", mark("Paid with"), [(kind.value, kind.value) for kind in MethodKind]),
    exactly("provider", mark("Provider")),
    exactly("account", mark("Handle"), "account__handle"),
    Range("cents", mark("Price in cents"), "price_cents"),
    Days("ordered", mark("Ordered"), "ordered"),
    Days("paid", mark("Paid"), "paid"),
)


def _rows(source: type[AnyPayment]) -> Rows:
    return source.objects.select_related("account")


_FOR = Kinds(
    "for",
    mark("For"),
    {"connects": (mark("Connects"), Purchase), "membership": (mark("Membership"), PlanPayment)},
)

PAYMENTS: Listing[AnyPayment] = Listing(
    sources=(Purchase, PlanPayment), rows=_rows, filters=(_FOR, *_FILTERS), sorts=_SORTS
)

PURCHASES: Listing[Purchase] = Listing(
    sources=(Purchase,),
    rows=_rows,
    filters=(
        *_FILTERS,
        Range("connects", mark("Connects"), "credits"),
        Choice(
            "automatic",
            mark("Bought by"),
            {
                "yes": (mark("Auto top-up"), Q(automatic=True)),
                "no": (mark("The member"), Q(automatic=False, external_id=None)),
                "host": (mark("Through the host"), Q(external_id__isnull=False)),
            },
        ),
    ),
    sorts=_SORTS,
)
