"""Edit an announcement: a draft, or a published one, whose readers see what changed."""

from __future__ import annotations

from django.db import transaction

from connects.acts.oversight.audit import note_act
from connects.acts.rules.announce import AnnouncementText, replaced_by, words_refused
from connects.bootstrap.clock import now as clock_now
from connects.market.announcements.models import Announcement, AnnouncementEdit
from connects.market.members.editions import edition_of, known_book
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.refusals import RefusalCode, Refused

WORDS = ("title", "introduction", "effective")


def edit_announcement(
    announcement: Announcement, form: AnnouncementText, staff: User, *, publishes: bool = False
) -> Announcement | Refused:
    """Change what an announcement says, and publish a draft if that is wanted; its address stays.

    Of one that is published only title, introduction and day change, and how they read before is kept
    for its readers. An edit that changes nothing is none. Refused with `not_allowed`,
    `rule_book_unknown` or `invalid`.
    """
    refused = denied(staff, Act.ANNOUNCE) or words_refused(form.title, form.introduction)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        locked = Announcement.objects.select_for_update().get(pk=announcement.pk)
        is_draft = locked.published is None
        if is_draft:
            book = known_book(form.rule_book)
            if book is None:
                return Refused(RefusalCode.RULE_BOOK_UNKNOWN, {"name": form.rule_book})
            locked.edition, locked.rollout = edition_of(book, now), form.rollout
        elif all(getattr(locked, name) == getattr(form, name) for name in WORDS):
            return locked
        else:
            was = {name: getattr(locked, name) for name in WORDS}
            AnnouncementEdit.objects.create(announcement=locked, editor=staff, made=now, **was)
        locked.title, locked.introduction = form.title.strip(), form.introduction
        locked.effective = form.effective
        if is_draft and publishes:
            locked.follows = replaced_by(form.rule_book, form.effective, form.rollout)
            locked.published = now
        locked.save()
        act = "announce" if is_draft and publishes else "edit-announcement"
        note_act(staff, act, f"announcement:{locked.slug}", locked.title, now)
        return locked
