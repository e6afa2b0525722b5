"""Rows for links by which members of staff set their password."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import User


class StaffLink(models.Model):
    """A link that works once, until it expires. Of its secret only a hash is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="staff_link")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
