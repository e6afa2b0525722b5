"""Rows for receipts and credit notes, and for the numbers that they bear."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account


class DocumentKind(models.TextChoices):
    """A receipt is also the invoice: it is written once the money is here. A debit note takes a credit
    note back whose refund failed afterwards.
    """

    RECEIPT = "receipt"
    CREDIT_NOTE = "credit-note", "credit note"
    DEBIT_NOTE = "debit-note", "debit note"


class DocumentSeries(models.Model):
    """A run of numbers, and the last one that was given out.

    It is a row that is locked, not a sequence of the database: a sequence leaves a gap where a
    transaction falls.
    """

    name = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)


class Document(models.Model):
    """A receipt or a credit note, as issued. Never changed.

    `subject` is the payment's reference; `about` names the refund, "" for a receipt. `content` holds
    everything that the document says, so that it reads the same after the seller has moved.
    """

    series = models.CharField(max_length=20)
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12, choices=DocumentKind)
    account = models.ForeignKey(Account, models.PROTECT, related_name="documents")
    subject = models.CharField(max_length=60)
    about = models.CharField(max_length=40, blank=True)
    total_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    content = models.JSONField()
    issued = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="document_number_once"),
            models.UniqueConstraint(fields=["subject", "kind", "about"], name="document_once"),
        ]
        indexes = [models.Index(fields=["account", "-id"], name="documents_of_account")]

    @property
    def label(self) -> str:
        """What it is called: `2026-000042`."""
        return f"{self.series}-{self.number:06d}"
