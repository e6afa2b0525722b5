"""Rows of the feed."""

from __future__ import annotations

from django.db import models


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
