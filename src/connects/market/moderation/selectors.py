"""The moderators' queue, and the evidence about one post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Sum

from connects.market.jobs.models import Job
from connects.market.jobs.records import NOBODY, ClientRecord, records_of
from connects.market.moderation.duplicates import near_duplicate
from connects.market.moderation.edits import Edit, edits_of
from connects.market.moderation.models import Flag, FlagState
from connects.market.proposals.came_back import CAME_BACK
from connects.market.proposals.models import Proposal
from connects.vocabulary.amounts import Connects


def open_flags_of(job: Job) -> int:
    """How many flags of a post wait for a decision."""
    return Flag.objects.filter(job=job, state=FlagState.OPEN).count()


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag with its author's record: how many of their flags were upheld, of how many decided."""

    flag: Flag
    upheld: int
    decided: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a moderator should see before deciding on a post.

    `came_back` are Connects of its proposals, and `given_back` how many proposals these were.
    """

    flags: tuple[FlagView, ...]
    edits: tuple[Edit, ...]
    record: ClientRecord
    twin: Job | None
    proposals: int
    at_stake: Connects
    came_back: Connects
    given_back: int


def evidence_of(job: Job, now: datetime) -> Evidence:
    """The flags, the edits, the client's record, the post that it is like, and what is at stake."""
    flags = list(Flag.objects.filter(job=job).select_related("by").order_by("-raised")[:50])
    authors = {flag.by_id for flag in flags if flag.by_id is not None}
    records: dict[int | None, dict[str, int]] = {
        row["by_id"]: {"decided": row["decided"], "upheld": row["upheld"]}
        for row in Flag.objects.filter(by_id__in=authors)
        .exclude(state=FlagState.OPEN)
        .values("by_id")
        .annotate(decided=Count("id"), upheld=Count("id", filter=Q(state=FlagState.UPHELD)))
    }
    nothing = {"decided": 0, "upheld": 0}
    sums = Proposal.objects.filter(job=job).aggregate(
        count=Count("id"),
        stake=Sum(F("paid") - F("returned")),
        **CAME_BACK,
    )
    return Evidence(
        flags=tuple(
            FlagView(
                flag,
                records.get(flag.by_id, nothing)["upheld"],
                records.get(flag.by_id, nothing)["decided"],
            )
            for flag in flags
        ),
        edits=edits_of(job),
        record=records_of([job.client_id], now).get(job.client_id, NOBODY),
        twin=near_duplicate(job, now),
        proposals=sums["count"],
        at_stake=sums["stake"] or 0,
        came_back=sums["came_back"],
        given_back=sums["given_back"],
    )
