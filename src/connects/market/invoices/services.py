"""Writing receipts and credit notes, in the transaction of what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.conf import settings

from connects.bootstrap.providers import TEST
from connects.market.invoices.models import Document, DocumentKind, DocumentSeries
from connects.market.payments.models import BillingProfile, Payable
from connects.market.people.models import Account


def issue_receipts(payments: Sequence[Payable], now: datetime) -> list[Document]:
    """A receipt for each payment, in their order."""
    return _issue(DocumentKind.RECEIPT, payments, now)


def issue_credit_note(payment: Payable, now: datetime) -> Document:
    """What says that the money went back."""
    return _issue(DocumentKind.CREDIT_NOTE, [payment], now)[0]


def _issue(kind: DocumentKind, payments: Sequence[Payable], now: datetime) -> list[Document]:
    """Number and write them. Each series stays locked until the transaction ends: no gaps."""
    buyers = _buyers(payments)
    by_series: dict[str, list[Payable]] = defaultdict(list)
    for payment in payments:
        by_series[_series(kind, payment, now)].append(payment)
    written = []
    for name in sorted(by_series):
        first = _numbers(name, len(by_series[name]))
        written += [
            Document(
                series=name,
                number=first + place,
                kind=kind,
                account_id=payment.account_id,
                subject=payment.reference,
                total_cents=payment.total_cents,
                currency=payment.currency,
                content=_content(payment, buyers[payment.account_id]),
                issued=now,
            )
            for place, payment in enumerate(by_series[name])
        ]
    return Document.objects.bulk_create(written, batch_size=500)


def _series(kind: DocumentKind, payment: Payable, now: datetime) -> str:
    """Each year counts anew; what moved no money does not count among what did."""
    prefix = "TEST-" if payment.provider == TEST else ""
    letter = "C" if kind is DocumentKind.CREDIT_NOTE else "R"
    return f"{prefix}{letter}-{now.year}"


def _numbers(name: str, count: int) -> int:
    """The first of so many numbers of a series."""
    DocumentSeries.objects.get_or_create(name=name)
    series = DocumentSeries.objects.select_for_update().get(name=name)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return first


def _buyers(payments: Iterable[Payable]) -> dict[int, dict[str, str]]:
    ids = {payment.account_id for payment in payments}
    profiles = BillingProfile.objects.in_bulk(list(ids))
    buyers = {}
    for account in Account.objects.filter(pk__in=ids):
        profile = profiles.get(account.pk)
        buyers[account.pk] = {
            "name": (profile.name if profile else "") or account.name,
            "address": profile.address if profile else "",
            "country": (profile.country if profile else "") or account.country,
            "tax_number": profile.tax_number if profile else "",
        }
    return buyers


def _content(payment: Payable, buyer: dict[str, str]) -> dict[str, object]:
    return {
        "seller": asdict(settings.SELLER),
        "buyer": buyer,
        "what": payment.description,
        "price_cents": payment.price_cents,
        "tax_cents": payment.tax_cents,
        "tax_name": payment.tax_name,
        "tax_basis_points": payment.tax_basis_points,
        "tax_reversed": payment.tax_reversed,
        "method": payment.method_label or payment.method,
        "is_test": payment.provider == TEST,
    }
