"""The audit of staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from connects.market.people.models import User
from connects.market.trust.models import StaffAct

SYSTEM = "marketplace"


def note_act(
    user: User | None,
    act: str,
    subject: str,
    reason: str,
    now: datetime,
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Add a line, in the transaction of the act itself. `user` is None where the system acted."""
    StaffAct.objects.create(
        user=user,
        role=user.staff_role if user else SYSTEM,
        act=act,
        subject=subject,
        reason=reason[:500],
        parameters=dict(parameters or {}),
        done=now,
    )
