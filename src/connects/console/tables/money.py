"""Payments and purchases."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from connects.console.tables.columns import Column, Table
from connects.console.tables.links import account_link
from connects.market.purchases.lists import PAYMENTS, PURCHASES, AnyPayment
from connects.market.purchases.models import Purchase
from connects.statements.payment_words import CARE, DECLINES, STATUSES, method_text
from connects.wording.messages import mark


def _payment(row: AnyPayment) -> str:
    return reverse("console-payment", args=[row.NOUN, row.public_id])


_PAYMENT: tuple[Column[Any], ...] = (
    Column("what", mark("What"), lambda row: row.description, _payment),
    Column(
        "account", mark("Account"), lambda row: row.account.name, lambda r: account_link(r.account)
    ),
    Column("total", mark("Total"), lambda row: row.total, is_number=True),
    Column("state", mark("State"), lambda row: STATUSES[row.status], is_state=True),
    Column("method", mark("Paid with"), lambda row: method_text(row.method_label or row.method)),
    Column("ordered", mark("Ordered (UTC)"), lambda row: row.ordered),
    Column("paid", mark("Paid (UTC)"), lambda row: row.paid, is_usual=False),
    Column("returned", mark("Went back"), lambda row: row.returned, is_number=True, is_usual=False),
    Column("tax", mark("Tax in cents"), lambda row: row.tax_cents, is_number=True, is_usual=False),
    Column("fee", mark("Fee in cents"), lambda row: row.fee_cents, is_number=True, is_usual=False),
    Column("why", mark("Why"), lambda row: DECLINES.get(row.cause, row.cause), is_usual=False),
    Column("review", mark("To review"), lambda row: CARE.get(row.care, ""), is_usual=False),
    Column("provider", mark("Provider"), lambda row: row.provider, is_usual=False),
    Column(
        "provider_id", mark("Provider's id"), lambda row: row.provider_reference, is_usual=False
    ),
    Column("rules", mark("Rule book"), lambda row: row.rule_book, is_usual=False),
    Column("id", mark("Id"), lambda row: row.reference, is_usual=False),
    Column("handle", mark("Handle"), lambda row: row.account.handle, is_usual=False),
)

PAYMENT_TABLE: Table[AnyPayment] = Table(
    name="payments",
    title=mark("Payments"),
    address="console-payments",
    listing=PAYMENTS,
    columns=_PAYMENT,
    empty=mark("No payment matches."),
)

_PURCHASE: tuple[Column[Purchase], ...] = (
    Column("connects", mark("Connects"), lambda row: row.credits, is_number=True),
    Column("automatic", mark("Auto top-up"), lambda row: row.automatic),
    Column("host_id", mark("Host's id"), lambda row: row.external_id, is_usual=False),
)

PURCHASE_TABLE: Table[Purchase] = Table(
    name="purchases",
    title=mark("Purchases"),
    address="console-purchases",
    listing=PURCHASES,
    columns=(*_PAYMENT[:2], *_PURCHASE[:2], *_PAYMENT[2:], *_PURCHASE[2:]),
    empty=mark("No purchase matches."),
)
