"""Rows for flags on posts."""

from __future__ import annotations

from django.db import models

from connects.market.jobs.models import Job
from connects.market.people.models import Account


class FlagReason(models.TextChoices):
    NOT_SERIOUS = "not_serious", "It is not a serious job"
    UNPAID_WORK = "unpaid_work", "It asks for unpaid work"
    CONTACT_OUTSIDE = "contact_outside", "It asks to talk or pay elsewhere"
    FAKE_BUDGET = "fake_budget", "Its budget is not meant"
    DUPLICATE = "duplicate", "It was posted before"
    OTHER = "other", "Something else"


class FlagState(models.TextChoices):
    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Flag(models.Model):
    """One account's flag on a post, or the system's own (no account)."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="flags")
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="flags")
    reason = models.CharField(max_length=20, choices=FlagReason)
    text = models.CharField(max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=FlagState, default=FlagState.OPEN)
    raised = models.DateTimeField()
    decided = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "by"], name="flagged_once_by_each")]
        indexes = [
            models.Index(fields=["state", "job"], name="flags_to_decide"),
            models.Index(fields=["by", "-raised"], name="flags_of_account"),
        ]
