"""Rows for API keys."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from connects.market.people.models import Account, User

NAME_CHARACTERS = 60


class ApiKey(models.Model):
    """A key with which a person's programs act for one of their accounts.

    `digest` is the SHA-256 of the whole key, which nobody but its holder has; `prefix` is its visible
    beginning, to tell keys apart. It may do what its `scopes` say, until it `expires` (null: it does
    not). A revoked key stays, so that what it did has a name.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="api_keys")
    account = models.ForeignKey(Account, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=NAME_CHARACTERS)
    prefix = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    last_used = models.DateField(null=True)
    revoked = models.DateTimeField(null=True)

    def has_expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.expires is not None and self.expires <= now
