"""Announcing, replying, and keeping the discussion civil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from connects.acts.oversight.audit import note_act
from connects.acts.oversight.count_acts import count_act
from connects.bootstrap.clock import now as clock_now
from connects.market.announcements.models import Announcement, Reply
from connects.market.announcements.selectors import published_announcements
from connects.market.limits.table import REPLIES
from connects.market.members.editions import edition_of, known_book
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied, may
from connects.market.people.standing import suspended_problem
from connects.market.rollout.models import Rollout
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid, not_allowed
from connects.vocabulary.typed_input import key_refused, name_refused, text_refused

TEXT_CHARACTERS = 4_000
TITLE_CHARACTERS = 120
LOOKED_AT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementText:
    """An announcement as staff write it; the rest is made from the rule book, a rollout's being its
    own.
    """

    title: str
    introduction: str
    rule_book: str
    effective: datetime
    rollout: Rollout | None = None


def announce(
    form: AnnouncementText, staff: User, *, as_draft: bool = False
) -> Announcement | Refused:
    """Publish an announcement, or keep it as a draft, which staff alone see.

    Refused with `not_allowed`, `rule_book_unknown` or `invalid`.
    """
    problem = denied(staff, Act.ANNOUNCE) or words_refused(form.title, form.introduction)
    if problem is not None:
        return problem
    book = known_book(form.rule_book)
    if book is None:
        return Refused(RefusalCode.RULE_BOOK_UNKNOWN, {"name": form.rule_book})
    slug = slugify(form.title)[:60]
    now = clock_now()
    if not slug:
        return invalid(Problem.NOT_A_NAME, field="title")
    with transaction.atomic():
        announcement, is_new = Announcement.objects.get_or_create(
            slug=slug,
            defaults={
                "title": form.title.strip(),
                "introduction": form.introduction,
                "edition": edition_of(book, now),
                "rollout": form.rollout,
                "effective": form.effective,
                "published": None if as_draft else now,
                "author": staff,
                "follows": None
                if as_draft
                else replaced_by(form.rule_book, form.effective, form.rollout),
            },
        )
        if not is_new:
            return invalid(Problem.TAKEN, field="title")
        act = "draft-announcement" if as_draft else "announce"
        note_act(staff, act, f"announcement:{slug}", form.title, now)
        return announcement


def words_refused(title: str, introduction: str) -> Refused | None:
    """What is wrong with what staff wrote; None: nothing."""
    return name_refused("title", title, TITLE_CHARACTERS) or text_refused(
        "introduction", introduction, TEXT_CHARACTERS, required=True
    )


def replaced_by(
    rule_book: str, effective: datetime, rollout: Rollout | None
) -> Announcement | None:
    """The announcement of the rules that this rule book takes the place of.

    A rollout names them; otherwise it is the last one before of the same family, which is the first word
    of the rule books' names: those of others replace nothing.
    """
    earlier = published_announcements().order_by("-effective", "-id")
    if rollout is not None:
        return earlier.filter(edition=rollout.before_id).first()
    family = rule_book.partition("@")[0].partition("-")[0]
    rows = earlier.filter(effective__lt=effective, edition__name__startswith=family)
    alike = (row for row in rows.select_related("edition")[:LOOKED_AT])
    return next((row for row in alike if row.edition.name.partition("-")[0] == family), None)


def reply_to_announcement(
    announcement: Announcement,
    account: Account | None,
    user: User,
    text: str,
    key: str,
    answers: int | None = None,
) -> Reply | Refused:
    """Say something below an announcement; `account` is None where staff speak.

    `answers` is the number of the reply that it answers, as the page has it. The same key again is the
    same reply. Refused with `not_allowed` (closed, or too many at once) or
    `invalid`.
    """
    problem = text_refused("text", text, TEXT_CHARACTERS, required=True)
    if problem is not None:
        return problem
    wrong = key_refused(key)
    if wrong is not None:
        return wrong
    now = clock_now()
    with transaction.atomic():
        # The person's row is locked, so that their replies are counted one after another.
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        earlier = Reply.objects.filter(user=user, key=key).first()
        if earlier is not None:
            return earlier
        refused = _may_not_reply(announcement, account, user)
        if refused is not None:
            return refused
        too_often = count_act(REPLIES, f"person:{user.pk}", now)
        if too_often is not None:
            return too_often
        return Reply.objects.create(
            announcement=announcement,
            account=account,
            user=user,
            text=text,
            posted=now,
            key=key,
            answers=None if answers is None else _answered(announcement, answers),
        )


def _answered(announcement: Announcement, number: int) -> Reply | None:
    return Reply.objects.filter(announcement=announcement, pk=number).first()


def _may_not_reply(
    announcement: Announcement, account: Account | None, user: User
) -> Refused | None:
    if account is None and not may(user, Act.REPLY_AS_STAFF):
        return not_allowed(Problem.MEMBERS_ONLY)
    if announcement.closed or announcement.published is None:
        return not_allowed(Problem.CLOSED_TO_REPLIES)
    return None if account is None else suspended_problem(account)


def ask_for_all(reply: Reply, staff: User, question: str, answer: str) -> Reply | Refused:
    """Make a question with its answer of a reply. Refused with `not_allowed` or `invalid`."""
    refused = (
        denied(staff, Act.MODERATE_REPLIES)
        or text_refused("question", question, 200, required=True)
        or text_refused("answer", answer, TEXT_CHARACTERS, required=True)
    )
    if refused is not None:
        return refused
    with transaction.atomic():
        reply.question, reply.answer = question, answer
        reply.save(update_fields=["question", "answer"])
        note_act(staff, "answer-question", f"reply:{reply.pk}", question, clock_now())
    return reply


def set_closed(
    announcement: Announcement, staff: User, *, closed: bool, because: str = ""
) -> Announcement | Refused:
    """Close an announcement to replies, and say why, or open it again. Refused with `not_allowed`."""
    refused = denied(staff, Act.MODERATE_REPLIES)
    if refused is not None:
        return refused
    with transaction.atomic():
        announcement.closed = closed
        announcement.closed_because = because[:200] if closed else ""
        announcement.save(update_fields=["closed", "closed_because"])
        act = "close-replies" if closed else "open-replies"
        note_act(staff, act, f"announcement:{announcement.slug}", because, clock_now())
    return announcement


def pin_update(announcement: Announcement, staff: User, text: str, key: str) -> Reply | Refused:
    """Say something as staff, and pin it to the top. Refused with `not_allowed` or `invalid`."""
    refused = (
        denied(staff, Act.MODERATE_REPLIES)
        or text_refused("text", text, TEXT_CHARACTERS, required=True)
        or key_refused(key)
    )
    if refused is not None:
        return refused
    with transaction.atomic():
        update, is_new = Reply.objects.get_or_create(
            user=staff,
            key=key,
            defaults={
                "announcement": announcement,
                "text": text,
                "posted": clock_now(),
                "pinned": True,
            },
        )
        if is_new:
            note_act(staff, "pin", f"announcement:{announcement.slug}", text, clock_now())
    return update


def unpin(update: Reply, staff: User) -> Reply | Refused:
    """Let an update stand where it was said. Refused with `not_allowed`."""
    refused = denied(staff, Act.MODERATE_REPLIES)
    if refused is not None:
        return refused
    with transaction.atomic():
        update.pinned = False
        update.save(update_fields=["pinned"])
        note_act(staff, "unpin", f"reply:{update.pk}", "", clock_now())
    return update


def hide(abuse: Reply, staff: User, reason: str) -> Reply | Refused:
    """Hide what was said, and say why; its place stays. Refused with `not_allowed` or `invalid`."""
    refused = denied(staff, Act.MODERATE_REPLIES) or text_refused(
        "reason", reason, 200, required=True
    )
    if refused is not None:
        return refused
    with transaction.atomic():
        abuse.hidden_because = reason
        abuse.save(update_fields=["hidden_because"])
        note_act(staff, "hide-reply", f"reply:{abuse.pk}", reason, clock_now())
    return abuse
