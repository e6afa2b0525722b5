"""Rows for flags on posts, and for appeals on returns that were refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from connects.market.jobs.models import Job
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal


class FlagReason(models.TextChoices):
    NOT_SERIOUS = "not_serious", gettext_lazy("It is not a serious job")
    UNPAID_WORK = "unpaid_work", gettext_lazy("It asks for unpaid work")
    CONTACT_OUTSIDE = "contact_outside", gettext_lazy("It asks to talk or pay elsewhere")
    FAKE_BUDGET = "fake_budget", gettext_lazy("The budget is not real")
    DUPLICATE = "duplicate", gettext_lazy("It was posted before")
    SAME_PAIR = "same_pair", gettext_lazy("The same client and freelancer, again and again")
    OTHER = "other", gettext_lazy("Something else")


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


class AppealState(models.TextChoices):
    OPEN = "open"
    PROPOSED = "proposed", "waits for a second person"
    GRANTED = "granted"
    REFUSED = "refused"


class Appeal(models.Model):
    """A member asks for Connects that the rules did not give back.

    One member of staff proposes a decision, and a second one makes it: `grants` is what the first one
    proposed.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="appeal")
    account = models.ForeignKey(Account, models.PROTECT, related_name="appeals")
    text = models.CharField(max_length=1_000)
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.OPEN)
    grants = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    first_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made = models.DateTimeField()
    decided = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "made"], name="appeals_to_decide")]
