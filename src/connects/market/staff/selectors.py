"""Reading who is on the staff, and which views of lists they keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.market.people.models import User
from connects.market.staff.models import SavedView

SHOWN = 500


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff; `link_expires` says until when they can still set their password."""

    user: User
    role: str
    is_ready: bool
    link_expires: datetime | None


def staff_members(now: datetime) -> list[Member]:
    """Everyone on the staff, by e-mail address."""
    rows = User.objects.exclude(staff_role="").filter(is_active=True).select_related("staff_link")
    return [_member(user, now) for user in rows.order_by("email")[:SHOWN]]


def _member(user: User, now: datetime) -> Member:
    link = getattr(user, "staff_link", None)
    expires = link.expires if link is not None and link.expires > now else None
    return Member(user, user.staff_role, user.has_usable_password(), expires)


def saved_views(user: User, name: str) -> list[SavedView]:
    """The views of a list that a member of staff keeps, by name."""
    return list(SavedView.objects.filter(user=user, list=name).order_by("name"))
