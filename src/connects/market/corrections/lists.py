"""All grants and other corrections, for staff."""

from __future__ import annotations

from connects.market.corrections.models import Correction, CorrectionKind, CorrectionState
from connects.market.listing.filters import Days, Range, Rows, Words, exactly, of_column
from connects.market.listing.listings import Listing


def _by(rows: Rows, text: str) -> Rows:
    return rows.filter(by__email=text.lower())


CORRECTIONS = Listing(
    sources=(Correction,),
    rows=lambda source: source.objects.select_related("account", "by", "second"),
    filters=(
        of_column("state", "State", CorrectionState.choices),
        of_column("kind", "What", CorrectionKind.choices),
        exactly("account", "Handle", "account__handle"),
        Words("by", "E-mail address of who made it", _by, 254),
        Range("connects", "Connects", "connects"),
        Days("made", "Made", "made"),
    ),
)
