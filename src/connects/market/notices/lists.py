"""All e-mails, for staff: of notices, and about access."""

from __future__ import annotations

from connects.market.listing.filters import Days, Rows, Words, exactly, of_column
from connects.market.listing.listings import Listing
from connects.market.notices.models import (
    AccountEmail,
    AccountEmailState,
    NoticeEmail,
    NoticeEmailState,
)
from connects.wording.messages import mark


def _to(rows: Rows, text: str) -> Rows:
    return rows.filter(user__email=text.lower())


EMAILS = Listing(
    sources=(NoticeEmail,),
    rows=lambda source: source.objects.select_related("event", "event__account", "user"),
    filters=(
        Words("email", mark("To"), _to, 254),
        of_column("state", mark("State"), NoticeEmailState.choices),
        exactly("about", mark("Notice"), "event__code"),
        exactly("account", mark("Handle"), "event__account__handle"),
        Days("happened", mark("Happened"), "event__happened"),
        Days("sent", mark("Sent"), "sent"),
    ),
)

ACCESS_EMAILS = Listing(
    sources=(AccountEmail,),
    rows=lambda source: source.objects.select_related("user"),
    filters=(
        Words("email", mark("To"), lambda rows, text: rows.filter(to=text.lower()), 254),
        of_column("state", mark("State"), AccountEmailState.choices),
        exactly("kind", mark("About"), "kind"),
        Days("written", mark("Written"), "written"),
    ),
)
