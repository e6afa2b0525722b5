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

AnyPayment: TypeAlias = Purchase | PlanPayment


def _named(rows: Rows, text: str) -> Rows:
    """By our id, with or without its noun, or by the provider's."""
    own = text.rpartition(":")[2]
    return rows.filter(Q(public_id=own) | Q(provider_reference=text))


_SORTS = {
    "newest": Sort("Newest", ("ordered",)),
    "oldest": Sort("Oldest", ("ordered",), is_descending=False),
}
_FILTERS: tuple[Filter, ...] = (
    Words("q", "Payment, or the provider's id", _named, 120),
    Choice("needs", "Review", {"review": ("Needs someone", NEEDS_CARE)}),
    of_column("status", "State", PaymentStatus.choices),
    of_column("method", "Paid with", [(kind.value, kind.value) for kind in MethodKind]),
    exactly("provider", "Provider"),
    exactly("account", "Handle", "account__handle"),
    Range("cents", "Price in cents", "price_cents"),
    Days("ordered", "Ordered", "ordered"),
    Days("paid", "Paid", "paid"),
)


def _rows(source: type[AnyPayment]) -> Rows:
    return source.objects.select_related("account")


_FOR = Kinds(
    "for", "For", {"connects": ("Connects", Purchase), "membership": ("Membership", PlanPayment)}
)

PAYMENTS: Listing[AnyPayment] = Listing(
    sources=(Purchase, PlanPayment), rows=_rows, filters=(_FOR, *_FILTERS), sorts=_SORTS
)

PURCHASES: Listing[Purchase] = Listing(
    sources=(Purchase,),
    rows=_rows,
    filters=(
        *_FILTERS,
        Range("connects", "Connects", "credits"),
        Choice(
            "automatic",
            "Bought by",
            {
                "yes": ("Auto top-up", Q(automatic=True)),
                "no": ("The member", Q(automatic=False, external_id=None)),
                "host": ("Through the host", Q(external_id__isnull=False)),
            },
        ),
    ),
    sorts=_SORTS,
)
