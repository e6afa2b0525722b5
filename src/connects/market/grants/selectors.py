"""Finding badges and promo codes."""

from __future__ import annotations

from connects.market.grants.models import Badge, PromoCode
from connects.market.people.models import Account


def badges_of(account: Account) -> list[Badge]:
    """The badges that an account holds, by name."""
    return list(Badge.objects.filter(account=account, lost__isnull=True).order_by("name"))


def promo_named(code: str) -> PromoCode | None:
    """The promo code of that name."""
    return PromoCode.objects.filter(code=code).first()
