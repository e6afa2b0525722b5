"""Rows for announcements and the discussion below them."""

from __future__ import annotations

from django.db import models

from connects.market.members.models import RuleBookEdition
from connects.market.people.models import Account, User
from connects.market.rollout.models import Rollout


class Announcement(models.Model):
    """What the marketplace says of a rule book; only title and introduction are written by hand.

    Without `published` it is a draft, which staff alone see.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    introduction = models.TextField(max_length=4_000)
    edition = models.ForeignKey(RuleBookEdition, models.PROTECT, related_name="announcements")
    rollout = models.ForeignKey(Rollout, models.SET_NULL, null=True, related_name="announcements")
    effective = models.DateTimeField()
    published = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)
    closed_because = models.CharField(max_length=200, blank=True)
    # Who wrote it; the earlier one that it follows, whose rules stand struck through beside the new.
    author = models.ForeignKey(User, models.SET_NULL, null=True)
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")

    class Meta:
        indexes = [models.Index(fields=["-effective"], name="announcement_newest")]


class AnnouncementEdit(models.Model):
    """How a published announcement read until it was edited, and by whom it was."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="edits")
    title = models.CharField(max_length=120)
    introduction = models.TextField(max_length=4_000)
    effective = models.DateTimeField()
    editor = models.ForeignKey(User, models.SET_NULL, null=True)
    made = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["announcement", "-id"], name="edits_newest")]


class Reply(models.Model):
    """One contribution, by an account or by staff. Staff's updates can be pinned to the top."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="replies")
    account = models.ForeignKey(Account, models.SET_NULL, null=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True)
    text = models.TextField(max_length=4_000)
    posted = models.DateTimeField()
    key = models.CharField(max_length=100)
    pinned = models.BooleanField(default=False)
    hidden_because = models.CharField(max_length=200, blank=True)
    # The reply that it answers, and the question and answer that staff made of it.
    answers = models.ForeignKey("self", models.SET_NULL, null=True, related_name="answered_by")
    question = models.CharField(max_length=200, blank=True)
    answer = models.TextField(max_length=4_000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="reply_key_used_once")]
        indexes = [
            models.Index(fields=["announcement", "id"], name="replies_in_order"),
            models.Index(fields=["user", "-posted"], name="replies_of_user"),
        ]
