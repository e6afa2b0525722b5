"""How an account stands to a job that it may propose to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Value

from connects.market.jobs.models import Job
from connects.market.people.models import Account, User
from connects.market.people.own_accounts import memberships_on_both_sides
from connects.market.proposals.models import Invitation


@dataclass(frozen=True, slots=True)
class Ties:
    """A job, and how an account stands to it: invited, in its cloud, or its client's own."""

    job: Job
    invited: bool
    in_cloud: bool
    is_own: bool


def ties_to(jobs: Sequence[Job], account: Account) -> dict[int, Ties]:
    """How an account stands to each of these jobs, by the jobs' numbers, with one query."""
    in_cloud = Account.objects.filter(pk=account.pk, member_of_clouds=OuterRef("cloud_id"))
    rows = Job.objects.filter(pk__in=[job.pk for job in jobs]).annotate(
        invited=Exists(Invitation.objects.filter(job=OuterRef("pk"), account=account)),
        in_cloud=Exists(in_cloud),
        is_own=Exists(memberships_on_both_sides(OuterRef("client_id"), account)),
    )
    return {row.pk: Ties(row, row.invited, row.in_cloud, row.is_own) for row in rows}


def ties_between(
    job: Job,
    account: Account,
    sender: Account | None = None,
    member: User | None = None,
    *,
    lock: bool = False,
) -> Ties:
    """All that is asked of the two together, with one query, which locks the job's row if asked to.

    `sender` and `member` are as in `memberships_on_both_sides`.
    """
    both_sides = memberships_on_both_sides(OuterRef("client_id"), account, sender, member)
    in_cloud = Account.objects.filter(pk=account.pk, member_of_clouds=OuterRef("cloud_id"))
    rows = Job.objects.select_for_update(of=("self",)) if lock else Job.objects.all()
    row = rows.annotate(
        invited=Exists(Invitation.objects.filter(job=OuterRef("pk"), account=account)),
        in_cloud=Value(False) if job.cloud_id is None else Exists(in_cloud),
        is_own=Exists(both_sides),
    ).get(pk=job.pk)
    return Ties(row, row.invited, row.in_cloud, row.is_own)
