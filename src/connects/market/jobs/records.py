"""A client's record: what became of their posts and of the proposals to them, counted from events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from connects.market.jobs.models import SILENT, Job, JobStatus
from connects.statements.odds import Odds, odds

FORGOTTEN_AFTER = timedelta(days=30)
ANSWERED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """Of the client's posts: how many in all, how many hired, how many were left open; of the
    proposals that had two weeks: how many were opened, and of how many something came back.
    """

    posts: int
    hired: Odds
    left_open: Odds
    opened: Odds
    came_back: Odds


NOBODY = ClientRecord(0, odds(0, 0), odds(0, 0), odds(0, 0), odds(0, 0))


def records_of(clients: Iterable[int], now: datetime) -> dict[int, ClientRecord]:
    """The records of these clients, with one query for all.

    A post counts once it has ended, or was forgotten for 30 days.
    """
    forgotten = Q(status=JobStatus.OPEN, client_active__lt=now - FORGOTTEN_AFTER)
    silent = Q(status=JobStatus.CLOSED, close_reason=SILENT) | Q(status=JobStatus.EXPIRED)
    settled = Q(proposals__submitted__lt=now - ANSWERED_WITHIN)
    rows = (
        Job.objects.filter(client_id__in=set(clients))
        .values("client_id")
        .annotate(
            all=_posts(Q()),
            ended=_posts(~Q(status=JobStatus.OPEN) | forgotten),
            hired=_posts(Q(proposals__status="hired")),
            left=_posts(forgotten | silent),
            counted=_proposals(settled),
            opened=_proposals(settled & Q(proposals__opened__isnull=False)),
            paid=_proposals(settled & Q(proposals__paid__gt=0)),
            back=_proposals(settled & Q(proposals__returned__gt=0)),
        )
    )
    return {
        row["client_id"]: ClientRecord(
            posts=row["all"],
            hired=odds(min(row["hired"], row["ended"]), row["ended"]),
            left_open=odds(row["left"], row["ended"]),
            opened=odds(row["opened"], row["counted"]),
            came_back=odds(row["back"], row["paid"]),
        )
        for row in rows
    }


def _posts(which: Q) -> Count:
    return Count("id", filter=which, distinct=True)


def _proposals(which: Q) -> Count:
    # Each proposal is of one post, so it comes once, and need not be sorted out.
    return Count("proposals__id", filter=which)
