"""Discard the draft of an announcement, which nobody has read."""

from __future__ import annotations

from django.db import transaction

from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.announcements.models import Announcement
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


def discard_draft(draft: Announcement, staff: User) -> Announcement | Refused:
    """Throw a draft away. Refused with `not_allowed`, also where it is published."""
    refused = denied(staff, Act.ANNOUNCE)
    if refused is not None:
        return refused
    with transaction.atomic():
        locked = Announcement.objects.select_for_update().filter(pk=draft.pk).first()
        if locked is None:
            return draft
        if locked.published is not None:
            return not_allowed(Problem.NOT_A_DRAFT)
        note_act(
            staff, "discard-announcement", f"announcement:{draft.slug}", draft.title, clock_now()
        )
        locked.delete()
        return draft
