"""Reading the audit."""

from __future__ import annotations

from connects.market.pages import Page, page_of
from connects.market.trust.models import StaffAct


def audit_entries(number: int) -> Page[StaffAct]:
    """Acts of staff, newest first."""
    return page_of(StaffAct.objects.select_related("user").order_by("-done", "-id"), number)
