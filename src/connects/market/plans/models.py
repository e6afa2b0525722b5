"""Rows for the plan that each account is on, and for what was paid for plans."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account
from connects.market.public_ids import new_public_id
from connects.vocabulary.parties import AccountKind


class Subscription(models.Model):
    """The plan that an account with a wallet is on, and its billing cycle.

    Cycles run for everyone, on plans without a price, too. `anchor` is the instant that their days are
    counted from, `cycle_start` when the present one began, `renews` when the next one does.
    `next_plan` is what it renews to where that is another plan. While a renewal's payment is being
    tried again, `next_try` says when, and `tries` how often it has failed. `next_drip` is when the
    plan's next single Connect comes, where it brings them one by one.
    """

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="subscription"
    )
    # The account's own, which never changes: a renewal run need not look at a hundred thousand accounts.
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in AccountKind])
    plan = models.CharField(max_length=60)
    anchor = models.DateTimeField()
    cycle_start = models.DateTimeField()
    renews = models.DateTimeField()
    next_plan = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    next_drip = models.DateTimeField(null=True)
    # Since when the account has frozen its plan: nothing renews, nothing is charged or spent.
    frozen = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["renews"],
                name="renewal_due",
                condition=models.Q(next_try__isnull=True, frozen__isnull=True),
            ),
            models.Index(
                fields=["next_try"], name="try_due", condition=models.Q(next_try__isnull=False)
            ),
            models.Index(
                fields=["next_drip"], name="drip_due", condition=models.Q(next_drip__isnull=False)
            ),
        ]


class PlanPaymentStatus(models.TextChoices):
    PENDING = "pending"
    PAID = "paid"
    DECLINED = "declined"


class PlanPayment(models.Model):
    """Money for a plan: a wish first, then paid or declined. `key` makes it once.

    `new_cycle` says whether paying begins a cycle; else it pays for what is left of one. `connects`
    come with it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    account = models.ForeignKey(Account, models.PROTECT, related_name="plan_payments")
    key = models.CharField(max_length=100)
    plan = models.CharField(max_length=60)
    connects = models.PositiveIntegerField()
    new_cycle = models.BooleanField()
    price_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=12)
    status = models.CharField(
        max_length=8, choices=PlanPaymentStatus, default=PlanPaymentStatus.PENDING
    )
    provider_reference = models.CharField(max_length=100, blank=True)
    rule_book = models.CharField(max_length=100)
    ordered = models.DateTimeField()
    paid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="plan_payment_key_used_once")
        ]
