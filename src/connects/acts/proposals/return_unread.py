"""Proposals that the client does not open in time come back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.credits.return_paid import give_back
from connects.market.jobs.models import Job
from connects.market.proposals.models import Proposal
from connects.vocabulary.returns import ReturnCause

BATCH = 500


def next_due(until: datetime) -> datetime | None:
    """The instant of the first proposal that comes back unread by `until`."""
    rows = Proposal.objects.filter(unread_due__lte=until).order_by("unread_due")
    return rows.values_list("unread_due", flat=True).first()


def do_due(until: datetime, _now: datetime) -> None:
    """Give back a batch of what was not opened in time, each at its own instant."""
    with transaction.atomic():
        # Jobs before wallets, as everywhere; see docs/locking.md.
        due = Proposal.objects.filter(unread_due__lte=until).order_by("unread_due")
        jobs = set(due.values_list("job_id", flat=True)[:BATCH])
        list(Job.objects.select_for_update(of=("self",)).filter(pk__in=jobs).order_by("pk"))
        rows = list(due.filter(job_id__in=jobs).select_related("job")[:BATCH])
        by_instant: dict[datetime, list[Proposal]] = {}
        for row in rows:
            assert row.unread_due is not None
            by_instant.setdefault(row.unread_due, []).append(row)
        Proposal.objects.filter(pk__in=[row.pk for row in rows]).update(unread_due=None)
        for at, batch in by_instant.items():
            give_back([row for row in batch if row.opened is None], ReturnCause.UNREAD, at)
