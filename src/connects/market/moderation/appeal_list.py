"""All appeals, for staff."""

from __future__ import annotations

from connects.market.listing.filters import Days, exactly, of_column
from connects.market.listing.listings import NEWEST, OLDEST, Listing
from connects.market.moderation.models import Appeal, AppealState
from connects.wording.messages import mark

APPEALS = Listing(
    sources=(Appeal,),
    rows=lambda source: source.objects.select_related(
        "account", "proposal", "proposal__job", "first_by"
    ),
    filters=(
        of_column("state", mark("State"), AppealState.choices),
        exactly("account", mark("Handle"), "account__handle"),
        exactly("job", mark("Job's id"), "proposal__job__public_id"),
        Days("made", mark("Made"), "made"),
    ),
    sorts={"newest": NEWEST, "oldest": OLDEST},
)
