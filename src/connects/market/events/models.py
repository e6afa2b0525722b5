"""Rows of the feed, of endpoints that it is delivered to, and of deliveries."""

from __future__ import annotations

from django.db import models

from connects.market.notices.models import Queued


class FeedHead(models.Model):
    """How far the feed goes: one row, which its publisher locks."""

    position = models.BigIntegerField(default=0)


class FeedEvent(models.Model):
    """One event, or neighbouring lines of one wallet, at `position` and those right before it.

    Positions have no gaps and become visible in their order. A market event has its `data`. Lines are
    read from the journal: `number` is that of the line at `position`, `lines` how many end with it.
    """

    position = models.BigIntegerField(primary_key=True)
    type = models.CharField(max_length=40)
    # No foreign key: it is the wallet's id, too, and events outlive what they are about.
    account = models.BigIntegerField(null=True)
    number = models.IntegerField(null=True)
    lines = models.IntegerField(default=1)
    data = models.JSONField(null=True)
    happened = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "position"], name="feed_of_account"),
            models.Index(fields=["type", "position"], name="feed_of_type"),
        ]


class Ordering(models.TextChoices):
    """Whether an account's events arrive in their order, each waiting for the one before."""

    ACCOUNT = "account"
    NONE = "none"


class Signature(models.TextChoices):
    """How deliveries are signed: with a secret that both know, or with one whose public key is known."""

    HMAC = "hmac"
    ED25519 = "ed25519"


class WebhookEndpoint(models.Model):
    """Where a host's server takes events. `position` is how far of the feed is enqueued for it.

    Its secrets are derived of `version`; the one before is valid until `previous_until`.
    """

    name = models.CharField(max_length=100, unique=True)
    url = models.CharField(max_length=500)
    types = models.JSONField(default=list)
    ordering = models.CharField(max_length=8, choices=Ordering, default=Ordering.ACCOUNT)
    signature = models.CharField(max_length=8, choices=Signature, default=Signature.HMAC)
    version = models.PositiveIntegerField(default=1)
    previous_until = models.DateTimeField(null=True)
    position = models.BigIntegerField()
    made = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    disabled = models.DateTimeField(null=True)
    disabled_because = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class WebhookDelivery(Queued):
    """An event on its way to an endpoint, and what came back last. One to try has no `position`.

    `row` is the feed's row that the position lies in.
    """

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    type = models.CharField(max_length=40)
    position = models.BigIntegerField(null=True)
    row = models.BigIntegerField(null=True)
    account = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    enqueued = models.DateTimeField()
    tried = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    took_ms = models.PositiveIntegerField(null=True)
    answer = models.CharField(max_length=1_024, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "position"], name="one_delivery_of_each")
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_try", "id"],
                name="delivery_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["endpoint", "account", "position"],
                name="delivery_in_order",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["endpoint", "id"],
                name="delivery_dead",
                condition=models.Q(state="dead"),
            ),
            models.Index(fields=["enqueued"], name="delivery_by_time"),
        ]
