"""All proposals, for staff; what was written in them stays between its sender and the client."""

from __future__ import annotations

from django.db.models import F, Q

from connects.market.listing.filters import Choice, Days, Range, Rows, exactly, of_column
from connects.market.listing.listings import Listing, Sort
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.pipeline import with_hires
from connects.wording.messages import mark


def _rows(source: type[Proposal]) -> Rows:
    rows = source.objects.select_related("job", "account", "for_agency_by")
    return with_hires(rows.defer("cover_letter", "job__description"))


RETURNS = {
    "all": (mark("All of it"), Q(returned__gte=F("paid"), paid__gt=0)),
    "some": (mark("Some of it"), Q(returned__gt=0, returned__lt=F("paid"))),
    "none": (mark("Nothing"), Q(returned=0, paid__gt=0)),
    "free": (mark("It was free"), Q(paid=0)),
}

PROPOSALS = Listing(
    sources=(Proposal,),
    rows=_rows,
    filters=(
        exactly("q", mark("Proposal's id"), "public_id", "external_id"),
        exactly("account", mark("Handle of who proposed"), "account__handle"),
        exactly("job", mark("Job's id"), "job__public_id"),
        of_column("status", mark("State"), ProposalStatus.choices),
        Choice("returned", mark("What came back"), RETURNS),
        Range("paid", mark("Connects"), "paid"),
        exactly("rules", mark("Rule book"), "rule_book"),
        Days("sent", mark("Sent"), "submitted"),
    ),
    sorts={
        "newest": Sort(mark("Newest"), ("submitted",)),
        "oldest": Sort(mark("Oldest"), ("submitted",), is_descending=False),
    },
)
