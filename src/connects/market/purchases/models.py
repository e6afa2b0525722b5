"""Rows for purchases of Connects."""

from __future__ import annotations

from django.db import models

from connects.market.payments.care import NEEDS_CARE
from connects.market.payments.models import Payable
from connects.market.people.models import Account
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import Parameters


class TopUp(models.Model):
    """Auto top-up: `credits` are bought when fewer than `below` are held, for at most `most_cents` in a
    calendar month, tax included.

    `check_at` is the next check. `paused` is why it stopped, or waits (for room under the balance
    limit), "" while it runs.
    """

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="top_up")
    below = models.PositiveIntegerField()
    credits = models.PositiveIntegerField()
    most_cents = models.BigIntegerField()
    check_at = models.DateTimeField(null=True)
    paused = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["check_at"],
                name="top_up_due",
                condition=models.Q(check_at__isnull=False),
            )
        ]


class Purchase(Payable):
    """An order of Connects, and its payment. `automatic`: a top-up made it, not a person."""

    NOUN = "purchase"

    credits = models.PositiveIntegerField()
    automatic = models.BooleanField(default=False)
    # What the host's own database calls it, and a digest of each field that it was sent with: the name
    # is the request's idempotency key for ever.
    external_id = models.CharField(max_length=100, unique=True, null=True)  # noqa: DJ001 unique where it is
    sent_fields = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="purchase_key_used_once")
        ]
        indexes = [
            models.Index(
                fields=["look_again"],
                name="purchase_look_due",
                condition=models.Q(look_again__isnull=False),
            ),
            models.Index(fields=["provider_reference"], name="purchase_by_provider"),
            models.Index(fields=["-ordered", "-id"], name="purchase_newest"),
            models.Index(fields=["id"], name="purchase_to_review", condition=NEEDS_CARE),
        ]

    @property
    def bought(self) -> Parameters:
        return {"credits": self.credits}

    @property
    def connects_paid_for(self) -> Connects:
        return self.credits

    @property
    def tells_receipt(self) -> bool:
        return not self.automatic
