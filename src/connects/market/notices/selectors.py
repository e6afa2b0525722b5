"""An account's inbox."""

from __future__ import annotations

from collections.abc import Iterable

from connects.market.notices.models import Notice
from connects.market.pages import Page, page_of
from connects.market.people.models import Account


def inbox(account: Account, number: int) -> Page[Notice]:
    """Notices newest first."""
    return page_of(Notice.objects.filter(account=account).order_by("-id"), number)


def unread_about(account: Account, proposals: Iterable[str]) -> frozenset[str]:
    """Those of these proposals of which the account has notices that it has not read."""
    names = list(proposals)
    every = [*names, *(f"proposal:{name}" for name in names)]
    rows = Notice.objects.filter(account=account, read__isnull=True, parameters__proposal__in=every)
    found = rows.values_list("parameters__proposal", flat=True)
    return frozenset(str(name).removeprefix("proposal:") for name in found)
