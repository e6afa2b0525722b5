"""Receipts and credit notes, looked up."""

from __future__ import annotations

from connects.market.invoices.models import Document
from connects.market.payments.models import Payable
from connects.market.people.models import Account

PAGE = 25


def own_documents(account: Account, before: int | None = None) -> list[Document]:
    """A page of the account's documents, newest first; those older than `before`, its row's id."""
    rows = Document.objects.filter(account=account)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[: PAGE + 1])


def own_document(account: Account, series: str, number: int) -> Document | None:
    """The account's own document of that number."""
    return Document.objects.filter(account=account, series=series, number=number).first()


def documents_of(payment: Payable) -> list[Document]:
    """The receipt of a payment, and its credit note if it went back."""
    return list(Document.objects.filter(subject=payment.reference).order_by("id"))
