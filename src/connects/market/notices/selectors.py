"""An account's inbox."""

from __future__ import annotations

from connects.market.notices.models import Notice
from connects.market.pages import Page, page_of
from connects.market.people.models import Account


def inbox(account: Account, number: int) -> Page[Notice]:
    """Notices newest first."""
    return page_of(Notice.objects.filter(account=account).order_by("-id"), number)
