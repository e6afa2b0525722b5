"""Rows for API keys."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account, User

NAME_CHARACTERS = 60


class ApiKey(models.Model):
    """A key with which a person's programs act for one of their accounts.

    `digest` is the SHA-256 of the whole key, which nobody but its holder has; `prefix` is its visible
    beginning, to tell keys apart. A revoked key stays, so that what it did has a name.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="api_keys")
    account = models.ForeignKey(Account, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=NAME_CHARACTERS)
    prefix = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    last_used = models.DateField(null=True)
    revoked = models.DateTimeField(null=True)
