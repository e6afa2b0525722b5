"""Writing receipts, credit notes and debit notes, in the transaction of what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings

from connects.bootstrap.providers import TEST
from connects.market.invoices.models import Document, DocumentKind, DocumentSeries
from connects.market.payments.models import BillingProfile, Payable
from connects.market.people.models import Account
from connects.vocabulary.amounts import Cents


@dataclass(frozen=True, slots=True)
class _Paper:
    """The amounts of a document: for a receipt everything that was paid, otherwise what went back of
    it.
    """

    payment: Payable
    total_cents: Cents
    tax_cents: Cents
    about: str = ""


def issue_receipts(payments: Sequence[Payable], now: datetime) -> list[Document]:
    """A receipt for each payment, in their order."""
    papers = [_Paper(each, each.total_cents, each.tax_cents) for each in payments]
    return _issue(DocumentKind.RECEIPT, papers, now)


def issue_credit_note(
    payment: Payable, total: Cents, tax: Cents, about: str, now: datetime
) -> Document:
    """Issue a credit note: money went back, with so much tax in it."""
    return _issue(DocumentKind.CREDIT_NOTE, [_Paper(payment, total, tax, about)], now)[0]


def issue_debit_note(
    payment: Payable, total: Cents, tax: Cents, about: str, now: datetime
) -> Document:
    """Issue a debit note: a credit note is void, because its money came back."""
    return _issue(DocumentKind.DEBIT_NOTE, [_Paper(payment, total, tax, about)], now)[0]


def _issue(kind: DocumentKind, papers: Sequence[_Paper], now: datetime) -> list[Document]:
    """Number and write them. Each series stays locked until the transaction ends: no gaps."""
    buyers = _buyers(paper.payment for paper in papers)
    by_series: dict[str, list[_Paper]] = defaultdict(list)
    for paper in papers:
        by_series[_series(kind, paper.payment, now)].append(paper)
    written = []
    for name in sorted(by_series):
        first = _numbers(name, len(by_series[name]))
        written += [
            Document(
                series=name,
                number=first + place,
                kind=kind,
                account_id=paper.payment.account_id,
                subject=paper.payment.reference,
                about=paper.about,
                total_cents=paper.total_cents,
                currency=paper.payment.currency,
                content=_content(paper, buyers[paper.payment.account_id]),
                issued=now,
            )
            for place, paper in enumerate(by_series[name])
        ]
    return Document.objects.bulk_create(written, batch_size=500)


_LETTERS = {DocumentKind.RECEIPT: "R", DocumentKind.CREDIT_NOTE: "C", DocumentKind.DEBIT_NOTE: "D"}


def _series(kind: DocumentKind, payment: Payable, now: datetime) -> str:
    """The next number. Each year starts at one; documents about no money have numbers of their own."""
    prefix = "TEST-" if payment.provider == TEST else ""
    return f"{prefix}{_LETTERS[kind]}-{now.year}"


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


def _content(paper: _Paper, buyer: dict[str, str]) -> dict[str, object]:
    payment = paper.payment
    return {
        "seller": asdict(settings.SELLER),
        "buyer": buyer,
        **payment.bought,
        "price_cents": paper.total_cents - paper.tax_cents,
        "tax_cents": paper.tax_cents,
        "tax_name": payment.tax_name,
        "tax_basis_points": payment.tax_basis_points,
        "tax_reversed": payment.tax_reversed,
        "method": payment.method_label or payment.method,
        "is_test": payment.provider == TEST,
    }
