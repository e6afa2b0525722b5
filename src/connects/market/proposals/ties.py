"""How an account stands to a job that it may propose to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from connects.market.compiled import Compiled
from connects.market.jobs.models import Job
from connects.market.people.models import Account, User
from connects.market.people.own_accounts import memberships_on_both_sides
from connects.market.proposals.held import live
from connects.market.proposals.models import Invitation, Proposal, ProposalStatus
from connects.vocabulary.parties import AccountKind


class Ties(NamedTuple):
    """A job, and how an account stands to it: invited, in its cloud, or its client's own.

    `withdrew_free`: it has withdrawn a proposal to it that was free.
    `reserved`: it has a reservation there; `any_reserved`: somebody has one; `own_reservations`: how
    many it has anywhere.
    """

    job: Job
    invited: bool
    in_cloud: bool
    is_own: bool
    withdrew_free: bool = False
    reserved: bool = False
    any_reserved: bool = False
    own_reservations: int = 0

    @property
    def proposals(self) -> int:
        """How many have proposed, as prices count them: who has a reservation is among the first."""
        return self.job.proposal_count or int(self.any_reserved)


def ties_to(jobs: Sequence[Job], account: Account) -> dict[int, Ties]:
    """How an account stands to each of these jobs, by the jobs' numbers, with one query at most.

    Jobs that were read `with_ties` know it already.
    """
    if not jobs:
        return {}
    if hasattr(jobs[0], "own_reservations"):
        return {job.pk: _ties(job) for job in jobs}
    rows = _TIES[AccountKind(account.kind)].rows(account.pk, *(job.pk for job in jobs))
    return {row.pk: _ties(row) for row in rows}


def locked_ties(
    job: Job, account: Account, sender: Account | None = None, member: User | None = None
) -> Ties:
    """The same for one job, whose row is locked by the query.

    `sender` and `member` are as in `memberships_on_both_sides`.
    """
    rows = Job.objects.select_for_update(of=("self",))
    return _ties(with_ties(rows, account, sender, member).get(pk=job.pk))


def with_ties(
    rows: QuerySet[Job],
    account: Account,
    sender: Account | None = None,
    member: User | None = None,
) -> QuerySet[Job]:
    """The jobs with how the account stands to each; `sender` and `member` as in `locked_ties`."""
    own = live().filter(account=account).order_by().values("account")
    counted = own.annotate(reserved=Count("pk")).values("reserved")
    in_cloud = Account.objects.filter(pk=account.pk, member_of_clouds=OuterRef("cloud_id"))
    withdrawn = Proposal.objects.filter(
        job=OuterRef("pk"), account=account, status=ProposalStatus.WITHDRAWN, paid=0
    )
    return rows.annotate(
        withdrew_free=Exists(withdrawn),
        invited=Exists(Invitation.objects.filter(job=OuterRef("pk"), account=account)),
        in_cloud=Exists(in_cloud),
        reserved=Exists(live().filter(job=OuterRef("pk"), account=account)),
        any_reserved=Exists(live().filter(job=OuterRef("pk"))),
        own_reservations=Coalesce(Subquery(counted), 0),
        is_own=Exists(memberships_on_both_sides(OuterRef("client_id"), account, sender, member)),
    )


def _compiled(kind: AccountKind) -> Compiled[Job]:
    def build(asked: Sequence[int]) -> QuerySet[Job]:
        account, *jobs = asked
        return with_ties(Job.objects.filter(pk__in=jobs), Account(pk=account, kind=kind.value))

    return Compiled(build)


_TIES = {kind: _compiled(kind) for kind in AccountKind}


def _ties(row: Any) -> Ties:
    # SQLite says 1 for true where Django does not ask it what it means.
    return Ties(
        row,
        invited=bool(row.invited),
        in_cloud=bool(row.in_cloud),
        is_own=bool(row.is_own),
        withdrew_free=bool(row.withdrew_free),
        reserved=bool(row.reserved),
        any_reserved=bool(row.any_reserved),
        own_reservations=row.own_reservations,
    )
