"""Rows for the rule books that were used and for each account's dated chain of them."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account, User


class RuleBookEdition(models.Model):
    """A rule book as it was when it was first used: its text and digest, never changed after."""

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    first_used = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_text_for_each_version")
        ]


class UploadedBook(models.Model):
    """A rule book that staff uploaded. Once somebody lives under it, it is an edition, too."""

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_upload_of_each_version")
        ]


class Enrolment(models.Model):
    """An enrolment: from this instant on, this edition applies to this account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="enrolments")
    edition = models.ForeignKey(RuleBookEdition, models.PROTECT)
    effective = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "effective"], name="enrolment_in_force")]
