"""Reading announcements and what was said to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from connects.market.announcements.models import Announcement, AnnouncementEdit, Reply
from connects.market.grants.models import Badge
from connects.market.pages import Page, page_of
from connects.market.people.models import Account
from connects.market.rollout.models import Move, MoveState
from connects.market.word_search import rows_with_words
from connects.wording.messages import gettext as _

QUESTIONS_MOST = 50
PINNED_MOST = 5
MARKED_MOST = 100
FOLLOWING_MOST = 20
EDITS_MOST = 10


def published_announcements() -> QuerySet[Announcement]:
    """What everyone may read: no drafts."""
    return Announcement.objects.filter(published__isnull=False)


def announcements(number: int, *, drafts: bool = False) -> Page[Announcement]:
    """All announcements, the one that takes effect last first; drafts for staff."""
    rows = Announcement.objects.all() if drafts else published_announcements()
    return page_of(rows.select_related("edition").order_by("-effective", "-id"), number)


def announcement_named(slug: str, reader: Account | None = None) -> Announcement | None:
    """The announcement of that name; with a `reader`, when they move (`own_day`), once they were told."""
    rows = Announcement.objects.select_related(
        "edition", "author", "follows__edition", "rollout__before"
    )
    if reader is not None:
        known = Move.objects.filter(
            account=reader, after=OuterRef("edition"), state__in=(MoveState.TOLD, MoveState.MOVED)
        )
        rows = rows.annotate(own_day=Subquery(known.order_by("-effective").values("effective")[:1]))
    return rows.filter(slug=slug).first()


def reply_numbered(announcement: Announcement, number: int) -> Reply | None:
    """The reply of that number, if it was made to this announcement."""
    return Reply.objects.filter(announcement=announcement, pk=number).first()


def outdated_by(
    announcement: Announcement, now: datetime, digests: Sequence[str] = ()
) -> Announcement | None:
    """The announcement of the rules that took the place of this one's; None: it is not outdated.

    `digests` are the reader's own rule books up to now, oldest first; a visitor has none. For a member
    their own rules decide: who still is under these, or never was and is under others that do not
    follow them, is told of no others.
    """
    if not digests:
        following = list(_following(announcement, now))
        return following[-1] if following else None
    here, own = announcement.edition.digest, digests[-1]
    if own == here:
        return None
    if here in digests:
        found = published_announcements().filter(edition__digest=own, effective__lte=now)
        return found.order_by("-effective", "-id").first()
    found_ones = _following(announcement, now)
    return next((each for each in found_ones if each.edition.digest == own), None)


def _following(announcement: Announcement, now: datetime) -> Iterator[Announcement]:
    """The announcements that follow this one, one after another, as far as they apply by now."""
    current: Announcement | None = announcement
    for _turn in range(FOLLOWING_MOST):
        rows = published_announcements().filter(follows=current, effective__lte=now)
        current = rows.select_related("edition").order_by("-effective", "-id").first()
        if current is None:
            return
        yield current


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: when it was made, by whom, and how title, introduction and day read before and after."""

    made: datetime
    editor: str
    title: tuple[str, str]
    introduction: tuple[str, str]
    effective: tuple[datetime, datetime]


def edits_of(announcement: Announcement) -> list[Edit]:
    """The last edits of an announcement, the newest first."""
    rows = AnnouncementEdit.objects.filter(announcement=announcement).select_related("editor")
    found, after = [], (announcement.title, announcement.introduction, announcement.effective)
    for row in rows.order_by("-id")[:EDITS_MOST]:
        title, introduction, effective = after
        editor = row.editor.name if row.editor else _("Somebody")
        found.append(
            Edit(
                row.made,
                editor,
                (row.title, title),
                (row.introduction, introduction),
                (row.effective, effective),
            )
        )
        after = (row.title, row.introduction, row.effective)
    return found


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply as it stands in the discussion: the `number`-th of all, with who said it."""

    reply: Reply
    number: int
    name: str
    standing: str
    member_since: datetime | None
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Discussion:
    """One page of what was said, with what is pinned, and what staff made questions of, in order."""

    page: Page[Reply]
    replies: tuple[ReplyView, ...]
    pinned: tuple[ReplyView, ...]
    asked: tuple[Reply, ...]


def discussion(
    announcement: Announcement, number: int, size: int = 25, text: str = ""
) -> Discussion:
    """A page of the discussion, oldest first, or of what holds `text`; as many queries
    however many spoke.

    Replies are numbered from 1; pages count the announcement before them.
    """
    rows = Reply.objects.filter(announcement=announcement)
    rows = rows.select_related("account", "user", "answers__account", "answers__user")
    mine = Reply.objects.filter(account=OuterRef("account"), hidden_because="").values("account")
    rows = rows.annotate(said=Subquery(mine.annotate(n=Count("id")).values("n")))
    found = _with_words(rows.filter(hidden_because=""), text) if text else rows
    page: Page[Reply] = page_of(found.order_by("id"), number, size)
    marked = list(rows.filter(Q(pinned=True) | ~Q(question="")).order_by("id")[:MARKED_MOST])
    pinned = [reply for reply in reversed(marked) if reply.pinned][:PINNED_MOST]
    badges = _badges([*page.items, *pinned])
    first = (page.number - 1) * size + 1
    return Discussion(
        page,
        tuple(
            _view(reply, 0 if text else first + place, badges)
            for place, reply in enumerate(page.items)
        ),
        tuple(_view(reply, 0, badges) for reply in pinned),
        tuple(reply for reply in marked if reply.question)[:QUESTIONS_MOST],
    )


def _with_words(replies: QuerySet[Reply], text: str) -> QuerySet[Reply]:
    return rows_with_words(replies, text, "announcements_reply", ("text",))


def rank_of(replies: int) -> str:
    """The highest rank that so many replies bring; "" where they bring none."""
    reached = [(least, name) for name, least in settings.DISCUSSION_RANKS if replies >= least]
    return max(reached)[1] if reached else ""


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
        role = reply.user.staff_role if reply.user else _("former member")
        name = reply.user.name if reply.user else _("Somebody")
        return ReplyView(reply, number, name, role, reply.user.joined if reply.user else None)
    standing = ", ".join([_(account.kind), *badges.get(account.pk, [])])
    rank = rank_of(getattr(reply, "said", None) or 0)
    return ReplyView(reply, number, account.name, standing, account.registered, rank)
