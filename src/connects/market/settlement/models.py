"""Rows for providers' messages."""

from __future__ import annotations

from django.db import models

from connects.billing.port import RepaymentKind
from connects.market.people.models import Account
from connects.vocabulary.amounts import Money


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


class RepaymentState(models.TextChoices):
    """`asked`: we have asked the provider for it. `standing`: the money is gone. `undone`: it came back
    (the refund failed afterwards, the dispute was won). `refused`: the provider would not. `unclear`:
    it is in another currency than the payment, so that a person has to look.
    """

    ASKED = "asked"
    STANDING = "standing"
    UNDONE = "undone"
    REFUSED = "refused"
    UNCLEAR = "unclear"


class Repayment(models.Model):
    """Money of a payment that went back: by a refund, ours or made at the provider, or by a dispute.

    `subject` is the payment's reference, `provider_id` the provider's name for the refund or dispute, ""
    until it is known; `key` is ours, where we asked for it. `up_to` is how many of the payment's Connects
    were to have been taken once this one had been taken for; `takings` are the lots and the journal's
    entries that took them, `held_back` the waiting Connects that were not delivered because of it.
    `net_cents` is without tax. `care_done` says that a person has looked at it.
    """

    subject = models.CharField(max_length=60)
    account = models.ForeignKey(Account, models.PROTECT, related_name="repayments")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in RepaymentKind])
    provider_id = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=100, blank=True)
    by_us = models.BooleanField(default=False)
    cents = models.BigIntegerField()
    net_cents = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=RepaymentState)
    up_to = models.PositiveIntegerField(default=0)
    takings = models.JSONField(default=list)
    held_back = models.JSONField(default=list)
    began = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    care_done = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "provider_id"],
                condition=~models.Q(provider_id=""),
                name="repayment_noted_once",
            )
        ]
        indexes = [models.Index(fields=["subject"], name="repayments_by_payment")]

    @property
    def amount(self) -> Money:
        return Money(self.cents, self.currency)
