"""A receipt or a credit note, on paper and as a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from connects.market.invoices.models import Document, DocumentKind
from connects.statements.payment_words import bought_text, method_text
from connects.vocabulary.amounts import Money
from connects.vocabulary.countries import country_name
from connects.web.pdf import table_pdf
from connects.wording.dates import day
from connects.wording.figures import percent
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

_TITLES: Mapping[str, str] = {
    DocumentKind.RECEIPT: mark("Receipt {number}"),
    DocumentKind.CREDIT_NOTE: mark("Credit note {number}"),
    DocumentKind.DEBIT_NOTE: mark("Debit note {number}"),
}


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document's content: its title, the lines above the table, and the table's rows."""

    title: str
    notes: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


def document_pdf(document: Document) -> bytes:
    """The document as it was written, as a PDF."""
    paper = printed_document(document)
    whole_at = settings.ADDRESS + reverse("receipt-page", args=[document.series, document.number])
    return table_pdf(paper.title, paper.notes, paper.rows, whole_at)


def printed_document(document: Document) -> PrintedDocument:
    """The document as it was written."""
    told: Mapping[str, Any] = document.content
    goes_back = document.kind == DocumentKind.CREDIT_NOTE
    title = _(_TITLES[document.kind], number=document.label)
    notes = [
        *_party(told["seller"]),
        "",
        _("To:"),
        *_party(told["buyer"]),
        "",
        _(
            "Date: {day}. Reference: {reference}.",
            day=day(document.issued),
            reference=document.subject,
        ),
    ]
    if told["is_test"]:
        notes.append(_("Paid with the test method: no money moved."))
    return PrintedDocument(title, tuple(notes), tuple(_rows(document, told, goes_back=goes_back)))


def _party(party: Mapping[str, str]) -> list[str]:
    lines = [
        party["name"],
        *party.get("address", "").splitlines(),
        country_name(party.get("country", "")),
    ]
    if party.get("tax_number"):
        lines.append(_("Tax number {number}", number=party["tax_number"]))
    return [line for line in lines if line]


def _rows(document: Document, told: Mapping[str, Any], *, goes_back: bool) -> list[tuple[str, str]]:
    def money(cents: int) -> str:
        return str(Money(-cents if goes_back else cents, document.currency))

    rows = [(bought_text(told), money(told["price_cents"]))]
    if told["tax_reversed"]:
        rows.append(
            (
                _("{tax}: reverse charge, the customer accounts for it", tax=told["tax_name"]),
                money(0),
            )
        )
    elif told["tax_name"]:
        rate = percent(Decimal(told["tax_basis_points"]) / 10_000)
        rows.append((f"{told['tax_name']} {rate}", money(told["tax_cents"])))
    rows.append((_("Total"), money(document.total_cents)))
    rows.append((_("Paid back with") if goes_back else _("Paid with"), method_text(told["method"])))
    return rows
