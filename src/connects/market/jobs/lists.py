"""All jobs, for staff."""

from __future__ import annotations

from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.search import with_words
from connects.market.listing.filters import Country, Days, Range, Rows, Words, exactly, of_column
from connects.market.listing.listings import Listing, Sort
from connects.vocabulary.facts import JobKind, Level


def _rows(source: type[Job]) -> Rows:
    return source.objects.select_related("client")


JOBS = Listing(
    sources=(Job,),
    rows=_rows,
    filters=(
        Words("q", "Words of the job", with_words),
        exactly("client", "Client's handle", "client__handle"),
        of_column("status", "State", JobStatus.choices),
        of_column("kind", "Kind", [(kind.value, kind.value) for kind in JobKind]),
        of_column("level", "Level", [(level.value, level.value) for level in Level]),
        exactly("category", "Category"),
        Country("country", "Client's country", "client__country"),
        Range("proposals", "Proposals", "proposal_count"),
        Days("posted", "Posted", "posted"),
    ),
    sorts={
        "newest": Sort("Newest", ("posted",)),
        "oldest": Sort("Oldest", ("posted",), is_descending=False),
        "proposals": Sort("Most proposals", ("proposal_count",)),
    },
)
