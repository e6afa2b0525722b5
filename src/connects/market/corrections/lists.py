"""All grants and other corrections, for staff."""

from __future__ import annotations

from connects.market.corrections.models import Correction, CorrectionKind, CorrectionState
from connects.market.listing.filters import Days, Range, Rows, Words, exactly, of_column
from connects.market.listing.listings import Listing
from connects.wording.messages import mark


def _by(rows: Rows, text: str) -> Rows:
    return rows.filter(by__email=text.lower())


CORRECTIONS = Listing(
    sources=(Correction,),
    rows=lambda source: source.objects.select_related("account", "by", "second"),
    filters=(
        of_column("state", mark("State"), CorrectionState.choices),
        of_column("kind", mark("What"), CorrectionKind.choices),
        exactly("account", mark("Handle"), "account__handle"),
        Words("by", mark("E-mail address of who made it"), _by, 254),
        Range("connects", mark("Connects"), "connects"),
        Days("made", mark("Made"), "made"),
    ),
)
