"""The whole activity log of staff."""

from __future__ import annotations

from connects.market.listing.filters import Days, Rows, Words, exactly, of_column
from connects.market.listing.listings import Listing, Sort
from connects.market.people.models import STAFF_ROLES
from connects.market.trust.models import StaffAct
from connects.wording.messages import mark


def _by(rows: Rows, text: str) -> Rows:
    return rows.filter(user__email=text.lower())


def _about(rows: Rows, text: str) -> Rows:
    """About one thing (`account:ana`), or about all of a kind (`account:`)."""
    if text.endswith(":"):
        return rows.filter(subject__startswith=text)
    return rows.filter(subject=text)


def acts_about(subject: str) -> Listing[StaffAct]:
    """What staff did to one thing; who only looked at it is left out."""
    return Listing(
        sources=(StaffAct,),
        rows=lambda source: (
            source.objects.filter(subject=subject)
            .exclude(act__startswith="read-")
            .select_related("user")
        ),
        filters=(exactly("act", mark("What")), Days("done", mark("Done"), "done")),
        sorts=AUDIT.sorts,
    )


_ROLES = [(role.value, role.value) for role in STAFF_ROLES]

AUDIT = Listing(
    sources=(StaffAct,),
    rows=lambda source: source.objects.select_related("user"),
    filters=(
        exactly("act", mark("What")),
        Words("about", mark("To what"), _about),
        Words("by", mark("E-mail address of who did it"), _by, 254),
        of_column(
            "role",
            mark("Role"),
            [*_ROLES, ("marketplace", "the marketplace"), ("api-client", "an API client")],
        ),
        Days("done", mark("Done"), "done"),
    ),
    sorts={
        "newest": Sort(mark("Newest"), ("done",)),
        "oldest": Sort(mark("Oldest"), ("done",), is_descending=False),
    },
)
