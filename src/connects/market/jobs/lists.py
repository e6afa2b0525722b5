"""All jobs, for staff."""

from __future__ import annotations

from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.ranking import ranked
from connects.market.jobs.search import with_words
from connects.market.listing.filters import Country, Days, Range, Rows, Words, exactly, of_column
from connects.market.listing.listings import Listing, Sort
from connects.vocabulary.facts import JobKind, Level
from connects.wording.messages import mark


def _rows(source: type[Job]) -> Rows:
    return ranked(source.objects.select_related("client"))


JOBS = Listing(
    sources=(Job,),
    rows=_rows,
    filters=(
        Words("q", mark("Words of the job"), with_words),
        exactly("client", mark("Client's handle"), "client__handle"),
        of_column("status", mark("State"), JobStatus.choices),
        of_column("kind", mark("Kind"), [(kind.value, kind.value) for kind in JobKind]),
        of_column("level", mark("Level"), [(level.value, level.value) for level in Level]),
        exactly("category", mark("Category")),
        Country("country", mark("Client's country"), "client__country"),
        Range("proposals", mark("Proposals"), "proposal_count"),
        Days("posted", mark("Posted"), "posted"),
    ),
    sorts={
        "newest": Sort(mark("Newest"), ("posted",)),
        "oldest": Sort(mark("Oldest"), ("posted",), is_descending=False),
        "proposals": Sort(mark("Most proposals"), ("standing",)),
    },
)
