"""Rows for links by which members of staff set their password, and for views of lists that they keep."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import User


class StaffLink(models.Model):
    """A link that works once, until it expires. Of its secret only a hash is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="staff_link")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()


class SavedView(models.Model):
    """A view of a list that a member of staff keeps: the query string of its address, as it stands."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    list = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=800, blank=True)
    saved = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "list", "name"], name="views_have_names")
        ]
