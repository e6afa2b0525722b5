"""Rows for earnings balances and every movement on them."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account


class Schedule(models.TextChoices):
    """How often what was earned is paid out."""

    NEVER = "never"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class EarningsBalance(models.Model):
    """What an account has earned and not withdrawn, in cents of `currency`.

    `kept_back_cents` is the most that automatic withdrawals leave behind, to pay for Connects.
    """

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="earnings"
    )
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField(default=0)
    kept_back_cents = models.BigIntegerField(default=0)
    withdraws = models.CharField(max_length=8, choices=Schedule, default=Schedule.NEVER)
    next_withdrawal = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cents__gte=0), name="earnings_not_negative")
        ]
        indexes = [
            models.Index(
                fields=["next_withdrawal"],
                name="withdrawal_due",
                condition=models.Q(next_withdrawal__isnull=False),
            )
        ]


class EarningsMovement(models.Model):
    """One movement: its amount, negative where money leaves, what it was for, the balance after it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="earnings_movements")
    key = models.CharField(max_length=100)
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField()
    balance_cents = models.BigIntegerField()
    what = models.CharField(max_length=20)
    happened = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="earnings_key_used_once")
        ]
