"""Rows for API clients and their server keys."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from connects.market.people.models import Account

NAME_CHARACTERS = 60
CALLS_A_SECOND = 1_000


class Scope(StrEnum):
    """What a server key may be allowed to do, for every account."""

    SYNC = "sync"
    QUOTE = "quote"
    CHARGE = "charge"
    READ = "read"
    GRANT = "grant"
    PURCHASE = "purchase"
    EVENTS = "events"
    PORTAL = "portal"


class ApiClient(models.Model):
    """A host's program, such as its web server: what it may do, from where, and how fast.

    `networks` are the addresses that its calls may come from; an empty list stands for all.
    """

    name = models.CharField(max_length=NAME_CHARACTERS, unique=True)
    scopes = models.JSONField(default=list)
    networks = models.JSONField(default=list)
    calls_a_second = models.PositiveIntegerField(default=CALLS_A_SECOND)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    # The dated version of the API that it is pinned to, from its first call on.
    version = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class ApiClientKey(models.Model):
    """A server key. `digest` is the SHA-256 of the whole; `prefix` its visible beginning.

    A client may hold two that work, so that one takes over from the other without a gap. A revoked key
    stays, so that what it did has a name.
    """

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=24)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    last_used = models.DateField(null=True)
    revoked = models.DateTimeField(null=True)


class AccountToken(models.Model):
    """A short-lived token with which a browser or an app reads one account, made by a host's server.

    `digest` is the SHA-256 of the whole. `origin` is the only site whose pages may use it ("": none may).
    """

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="account_tokens")
    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    origin = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires"], name="account_tokens_that_expired")]
