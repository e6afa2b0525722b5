"""Reading announcements and what was said to them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from connects.market.announcements.models import Announcement, Reply
from connects.market.grants.models import Badge
from connects.market.pages import Page, page_of


def announcements(number: int) -> Page[Announcement]:
    """All announcements, the one that takes effect last first."""
    rows = Announcement.objects.select_related("edition").order_by("-effective", "-id")
    return page_of(rows, number)


def announcement_named(slug: str) -> Announcement | None:
    """The announcement of that name."""
    return Announcement.objects.select_related("edition").filter(slug=slug).first()


def reply_numbered(announcement: Announcement, number: int) -> Reply | None:
    """The reply of that number, if it was made to this announcement."""
    return Reply.objects.filter(announcement=announcement, pk=number).first()


def outdated_by(announcement: Announcement, now: datetime) -> Announcement | None:
    """The newest announcement of later rules that hold by now; None: this one is not outdated."""
    later = Announcement.objects.filter(effective__gt=announcement.effective, effective__lte=now)
    return later.order_by("-effective", "-id").first()


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply as it stands in the discussion: the `number`-th of all, with who said it."""

    reply: Reply
    number: int
    name: str
    standing: str
    member_since: datetime | None


@dataclass(frozen=True, slots=True)
class Discussion:
    """One page of what was said, with what is pinned."""

    page: Page[Reply]
    replies: tuple[ReplyView, ...]
    pinned: tuple[ReplyView, ...]


def discussion(announcement: Announcement, number: int, size: int = 25) -> Discussion:
    """A page of the discussion, oldest first; three queries however many have spoken."""
    rows = Reply.objects.filter(announcement=announcement).select_related("account", "user")
    page = page_of(rows.order_by("id"), number, size)
    pinned = list(rows.filter(pinned=True).order_by("-id")[:5])
    badges = _badges([*page.items, *pinned])
    first = (page.number - 1) * size + 1
    return Discussion(
        page,
        tuple(_view(reply, first + place, badges) for place, reply in enumerate(page.items)),
        tuple(_view(reply, 0, badges) for reply in pinned),
    )


def _badges(replies: list[Reply]) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    accounts = {reply.account_id for reply in replies if reply.account_id is not None}
    rows = Badge.objects.filter(account_id__in=accounts, lost__isnull=True).order_by("name")
    for account, name in rows.values_list("account_id", "name"):
        held[account].append(name)
    return held


def _view(reply: Reply, number: int, badges: dict[int, list[str]]) -> ReplyView:
    account = reply.account
    if account is None:
        role = reply.user.staff_role if reply.user else "former member"
        name = reply.user.name if reply.user else "Someone"
        return ReplyView(reply, number, name, role, None)
    standing = ", ".join([account.kind, *badges.get(account.pk, [])])
    return ReplyView(reply, number, account.name, standing, account.registered)
