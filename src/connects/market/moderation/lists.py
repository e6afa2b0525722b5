"""The moderators' queue of flagged jobs."""

from __future__ import annotations

from django.db.models import (
    Count,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from connects.market.jobs.models import Job, JobStatus
from connects.market.listing.filters import Choice, Days, Range, Rows, exactly, of_column
from connects.market.listing.listings import Listing, Sort
from connects.market.moderation.models import Flag, FlagReason, FlagState
from connects.market.proposals.models import Proposal
from connects.wording.messages import mark

OPEN_FLAGS = Flag.objects.filter(state=FlagState.OPEN)


def _flagged(source: type[Job]) -> Rows:
    """Jobs with flags to decide, with their number, weight and age, and the Connects at stake."""
    flags = OPEN_FLAGS.filter(job=OuterRef("pk")).order_by().values("job")
    paid = Proposal.objects.filter(job=OuterRef("pk")).order_by().values("job")
    stake = Subquery(paid.annotate(n=Sum(F("paid") - F("returned"))).values("n"))
    rows: QuerySet[Job] = source.objects.filter(pk__in=OPEN_FLAGS.values("job"))
    return (
        rows.select_related("client")
        .defer("description")
        .annotate(
            weight=Subquery(flags.annotate(n=Sum("weight")).values("n")),
            best=Subquery(flags.annotate(n=Max("weight")).values("n")),
            flagged=Subquery(flags.annotate(n=Count("pk")).values("n")),
            first=Subquery(flags.annotate(n=Min("raised")).values("n")),
            at_stake=Coalesce(stake, 0, output_field=IntegerField()),
        )
    )


def _for(reason: FlagReason) -> Q:
    return Q(pk__in=OPEN_FLAGS.filter(reason=reason).values("job"))


FLAGGED = Listing(
    sources=(Job,),
    rows=_flagged,
    filters=(
        Choice("reason", mark("Why"), {r.value: (str(r.label), _for(r)) for r in FlagReason}),
        of_column("status", mark("State of the job"), JobStatus.choices),
        exactly("client", mark("Client's handle"), "client__handle"),
        exactly("category", mark("Category")),
        Range("weight", mark("Weight"), "weight"),
        Range("stake", mark("Connects at stake"), "at_stake"),
        Days("flagged", mark("Flagged"), "first"),
    ),
    sorts={
        "weight": Sort(mark("Heaviest"), ("weight",)),
        "stake": Sort(mark("Most at stake"), ("at_stake",)),
        "age": Sort(mark("Oldest"), ("first",), is_descending=False),
        "reporter": Sort(mark("Best reporters"), ("best",)),
    },
)


def reasons_of(jobs: list[Job]) -> dict[int, list[str]]:
    """Why each of the jobs is flagged, in words, the most frequent reason first; with one query."""
    rows = OPEN_FLAGS.filter(job__in=jobs).values_list("job", "reason")
    found: dict[int, list[str]] = {job.pk: [] for job in jobs}
    for job, reason, _ in rows.annotate(n=Count("pk")).order_by("job", "-n", "reason"):
        found[job].append(str(FlagReason(reason).label))
    return found
