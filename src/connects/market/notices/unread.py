"""What an account has not read of its notices."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from connects.market.notices.models import Notice
from connects.market.people.models import Account


def unread_by_code(account: Account) -> dict[str, int]:
    """How many notices of each code the account has not read."""
    rows = Notice.objects.filter(account=account, read__isnull=True).order_by()
    return dict(rows.values_list("code").annotate(n=Count("id")))


def unread_about(account: Account, proposals: Iterable[str]) -> frozenset[str]:
    """Those of these proposals of which the account has notices that it has not read."""
    names = list(proposals)
    every = [*names, *(f"proposal:{name}" for name in names)]
    rows = Notice.objects.filter(account=account, read__isnull=True, parameters__proposal__in=every)
    found = rows.values_list("parameters__proposal", flat=True)
    return frozenset(str(name).removeprefix("proposal:") for name in found)
