"""Payments, purchases, promo codes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from connects.console.tables.columns import Column, Table
from connects.console.tables.links import account_link
from connects.market.grants.lists import promo_codes, promo_state
from connects.market.grants.models import PromoCode
from connects.market.purchases.lists import PAYMENTS, PURCHASES, AnyPayment
from connects.market.purchases.models import Purchase
from connects.statements.payment_words import CARE, DECLINES, STATUSES


def _payment(row: AnyPayment) -> str:
    return reverse("console-payment", args=[row.NOUN, row.public_id])


_PAYMENT: tuple[Column[Any], ...] = (
    Column("what", "What", lambda row: row.description, _payment),
    Column("account", "Account", lambda row: row.account.name, lambda r: account_link(r.account)),
    Column("total", "Total", lambda row: row.total, is_number=True),
    Column("state", "State", lambda row: STATUSES[row.status], is_state=True),
    Column("method", "Paid with", lambda row: row.method_label or row.method),
    Column("ordered", "Ordered (UTC)", lambda row: row.ordered),
    Column("paid", "Paid (UTC)", lambda row: row.paid, is_usual=False),
    Column("returned", "Went back", lambda row: row.returned, is_number=True, is_usual=False),
    Column("tax", "Tax in cents", lambda row: row.tax_cents, is_number=True, is_usual=False),
    Column("fee", "Fee in cents", lambda row: row.fee_cents, is_number=True, is_usual=False),
    Column("why", "Why", lambda row: DECLINES.get(row.cause, row.cause), is_usual=False),
    Column("review", "To review", lambda row: CARE.get(row.care, ""), is_usual=False),
    Column("provider", "Provider", lambda row: row.provider, is_usual=False),
    Column("provider_id", "Provider's id", lambda row: row.provider_reference, is_usual=False),
    Column("rules", "Rule book", lambda row: row.rule_book, is_usual=False),
    Column("id", "Id", lambda row: row.reference, is_usual=False),
    Column("handle", "Handle", lambda row: row.account.handle, is_usual=False),
)

PAYMENT_TABLE: Table[AnyPayment] = Table(
    name="payments",
    title="Payments",
    address="console-payments",
    listing=PAYMENTS,
    columns=_PAYMENT,
    empty="No payment matches.",
)

_PURCHASE: tuple[Column[Purchase], ...] = (
    Column("connects", "Connects", lambda row: row.credits, is_number=True),
    Column("automatic", "Auto top-up", lambda row: row.automatic),
    Column("host_id", "Host's id", lambda row: row.external_id, is_usual=False),
)

PURCHASE_TABLE: Table[Purchase] = Table(
    name="purchases",
    title="Purchases",
    address="console-purchases",
    listing=PURCHASES,
    columns=(*_PAYMENT[:2], *_PURCHASE[:2], *_PAYMENT[2:], *_PURCHASE[2:]),
    empty="No purchase matches.",
)


def promo_table(now: datetime) -> Table[PromoCode]:
    """Promo codes as they stand at that instant."""
    return Table(
        name="promos",
        title="Promo codes",
        address="console-promos",
        listing=promo_codes(now),
        columns=(
            Column("code", "Code", lambda row: row.code),
            Column("connects", "Connects", lambda row: row.connects, is_number=True),
            Column("state", "State", lambda row: promo_state(row, now), is_state=True),
            Column("from", "From (UTC)", lambda row: row.valid_from),
            Column("until", "Until (UTC)", lambda row: row.valid_until),
            Column("used", "Used", lambda row: row.used, is_number=True),
            Column(
                "at_most",
                "At most",
                lambda row: "any" if row.in_all is None else row.in_all,
                None,
                False,
                True,
            ),
            Column("each", "For each", lambda row: row.for_each, is_number=True, is_usual=False),
            Column("days", "Days", lambda row: row.lasts_days, is_number=True, is_usual=False),
            Column(
                "by",
                "Made by",
                lambda row: row.made_by.name if row.made_by else "the marketplace",
                is_usual=False,
            ),
        ),
        empty="No code matches.",
    )
