"""Rows for providers' messages."""

from __future__ import annotations

from django.db import models


class ProviderMessage(models.Model):
    """A message that was received, checked and dealt with; a repeated one finds its row here.

    `subject` is the payment that it was about, "" where it was about none of ours.
    """

    provider = models.CharField(max_length=12)
    event = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=60, blank=True)
    received = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event"], name="message_dealt_with_once")
        ]
