"""All promo codes, for staff."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from connects.market.grants.models import PromoCode
from connects.market.listing.filters import Choice, Days, Range, Rows, Words
from connects.market.listing.listings import Listing
from connects.wording.messages import mark


def _begins(rows: Rows, text: str) -> Rows:
    return rows.filter(code__startswith=text.upper())


def promo_codes(now: datetime) -> Listing[PromoCode]:
    """The list of codes, with their states at that instant."""
    return Listing(
        sources=(PromoCode,),
        rows=lambda source: source.objects.select_related("made_by"),
        filters=(
            Words("q", mark("Code, or its beginning"), _begins),
            Choice(
                "state",
                mark("State"),
                {
                    "valid": (mark("Valid now"), Q(valid_from__lte=now, valid_until__gt=now)),
                    "coming": (mark("Not yet valid"), Q(valid_from__gt=now)),
                    "over": (mark("Over"), Q(valid_until__lte=now)),
                    "used-up": (mark("Used up"), Q(in_all__isnull=False, used__gte=F("in_all"))),
                },
            ),
            Range("connects", mark("Connects"), "connects"),
            Days("begins", mark("Valid"), "valid_from"),
        ),
    )


def promo_state(promo: PromoCode, now: datetime) -> str:
    """How a code stands at that instant, in a word or two."""
    if promo.valid_until <= now:
        return "over"
    if promo.in_all is not None and promo.used >= promo.in_all:
        return "used up"
    return "coming" if promo.valid_from > now else "valid"
