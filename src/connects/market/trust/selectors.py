"""Who of the staff did something."""

from __future__ import annotations

from connects.market.trust.models import StaffAct


def who_did(act: str, subject: str) -> str:
    """The name of who last did that to something; "" where the marketplace did, or nobody."""
    rows = StaffAct.objects.filter(act=act, subject=subject).select_related("user")
    newest = rows.order_by("-done").first()
    return newest.user.name if newest is not None and newest.user is not None else ""
