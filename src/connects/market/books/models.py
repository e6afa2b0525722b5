"""Rows for money that moved, for closed months, and for what providers say of it."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account
from connects.statements.books.cash import Against, Cash, CashKind


class CashMovement(models.Model):
    """Money that came (positive) or went, in cents. Written with what caused it, and not changed after.

    `provider_reference` is the provider's name for the payment. `cents` includes `tax_cents`; `fee_cents`
    is what the provider kept of it, null until it has said so. `excess_cents` is what went back beyond
    all that had come. Payouts and the provider's own fees have no account.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in CashKind])
    against = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Against])
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="cash_movements")
    reference = models.CharField(max_length=60)
    provider = models.CharField(max_length=12)
    provider_reference = models.CharField(max_length=120)
    cents = models.BigIntegerField()
    tax_cents = models.BigIntegerField(default=0)
    excess_cents = models.BigIntegerField(default=0)
    fee_cents = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)

    class Meta:
        indexes = [
            models.Index(fields=["provider", "at"], name="cash_by_provider"),
            models.Index(fields=["reference"], name="cash_by_reference"),
        ]

    def cash(self) -> Cash:
        """As the books want it."""
        return Cash(
            at=self.at,
            kind=CashKind(self.kind),
            against=Against(self.against),
            provider=self.provider,
            reference=self.reference,
            cents=self.cents,
            tax_cents=self.tax_cents,
            excess_cents=self.excess_cents,
            fee=self.fee_cents or 0,
            currency=self.currency,
        )


class MonthClose(models.Model):
    """The report of a month that is over (`statements.books.roll_forward`), as it was made."""

    month = models.DateField(primary_key=True)
    figures = models.JSONField()
    made = models.DateTimeField()


class DayFigures(models.Model):
    """What was written on a day (UTC) that is over, and what was owed at its end.

    Connects by what moved them, money in cents of the marketplace's main currency: `revenue_cents` is
    all income, `breakage_cents` what of it was paid for Connects that expired or did not roll over, and
    `liability_cents` what members have paid for and not used yet.
    """

    day = models.DateField(primary_key=True)
    proposals = models.PositiveIntegerField()
    sold = models.BigIntegerField()
    spent = models.BigIntegerField()
    returned = models.BigIntegerField()
    expired = models.BigIntegerField()
    revenue_cents = models.BigIntegerField()
    breakage_cents = models.BigIntegerField()
    liability_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    made = models.DateTimeField()


class Reconciliation(models.Model):
    """A day's movements at a provider held against ours, and every difference that was found."""

    provider = models.CharField(max_length=12)
    day = models.DateField()
    movements = models.PositiveIntegerField()
    differences = models.JSONField()
    made = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "day"], name="day_reconciled_once")
        ]
