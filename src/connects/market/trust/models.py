"""Rows for the audit of staff."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import User


class StaffAct(models.Model):
    """One act of a member of staff: what was done to what, and why. Lines are only ever added."""

    user = models.ForeignKey(User, models.PROTECT, null=True)
    role = models.CharField(max_length=20)
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)
    parameters = models.JSONField(default=dict)
    done = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-done"], name="staff_act_newest"),
            models.Index(fields=["subject", "-done"], name="staff_act_about"),
        ]
