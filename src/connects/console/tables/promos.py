"""Promo codes."""

from __future__ import annotations

from datetime import datetime

from connects.console.tables.columns import Column, Table
from connects.market.grants.lists import promo_codes, promo_state
from connects.market.grants.models import PromoCode
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


def promo_table(now: datetime) -> Table[PromoCode]:
    """Promo codes as they stand at that instant."""
    return Table(
        name="promos",
        title=mark("Promo codes"),
        address="console-promos",
        listing=promo_codes(now),
        columns=(
            Column("code", mark("Code"), lambda row: row.code),
            Column("connects", mark("Connects"), lambda row: row.connects, is_number=True),
            Column("state", mark("State"), lambda row: promo_state(row, now), is_state=True),
            Column("from", mark("From (UTC)"), lambda row: row.valid_from),
            Column("until", mark("Until (UTC)"), lambda row: row.valid_until),
            Column("used", mark("Used"), lambda row: row.used, is_number=True),
            Column(
                "at_most",
                mark("At most"),
                lambda row: _("any") if row.in_all is None else row.in_all,
                None,
                False,
                True,
            ),
            Column(
                "each", mark("For each"), lambda row: row.for_each, is_number=True, is_usual=False
            ),
            Column(
                "days", mark("Days"), lambda row: row.lasts_days, is_number=True, is_usual=False
            ),
            Column(
                "by",
                mark("Made by"),
                lambda row: row.made_by.name if row.made_by else _("the marketplace"),
                is_usual=False,
            ),
        ),
        empty=mark("No code matches."),
    )
