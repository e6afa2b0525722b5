"""Rows for payment methods and purchases."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account
from connects.market.public_ids import new_public_id


class PaymentMethod(models.Model):
    """How an account pays. The test method moves no money; `declines` makes it refuse."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="payment_method")
    kind = models.CharField(max_length=12, default="card")
    declines = models.BooleanField(default=False)


class PurchaseStatus(models.TextChoices):
    PENDING = "pending"
    PAID = "paid"
    DECLINED = "declined"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged-back", "charged back"


class Purchase(models.Model):
    """An order of Connects. `lot` is the number of the lot that it was delivered as."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    account = models.ForeignKey(Account, models.PROTECT, related_name="purchases")
    credits = models.PositiveIntegerField()
    price_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=12)
    status = models.CharField(max_length=12, choices=PurchaseStatus, default=PurchaseStatus.PENDING)
    provider_reference = models.CharField(max_length=100, blank=True)
    rule_book = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    lot = models.PositiveIntegerField(null=True)
    ordered = models.DateTimeField()
    paid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="purchase_key_used_once")
        ]
