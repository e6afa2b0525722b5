"""Checks of acts on an agency: freeze its plan, remove a member."""

from __future__ import annotations

from connects.acts.proposals.limit_spending import spent_this_month
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.external_ids import host_id
from connects.market.jobs.models import JobStatus
from connects.market.people.models import Account, TeamMembership, User
from connects.market.people.team_roles import managing_problem
from connects.market.plans.models import Subscription
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.statements.checks.check import Check
from connects.statements.checks.freeze import check_of_freeze
from connects.statements.checks.teams import check_of_removal
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed

_WAITING = (ProposalStatus.SUBMITTED, ProposalStatus.OFFERED)


def check_freeze(account: Account) -> Check | Refused:
    """Who can no longer propose, and what stays. Refused as freezing is."""
    if account.kind != AccountKind.AGENCY:
        return not_allowed(Problem.AGENCIES_ONLY)
    now = clock_now()
    row = Subscription.objects.get(account=account)
    if row.next_try is not None or row.renews <= now:
        return not_allowed(Problem.RENEWAL_UNDER_WAY)
    lots = [lot for lot in journal().wallet(account.pk).lots if lot.live_at(now)]
    dated = [(lot.credits, lot.expires) for lot in lots if lot.expires is not None]
    return check_of_freeze(
        account.name,
        TeamMembership.objects.filter(agency=account, left__isnull=True).count(),
        row.renews - now,
        sum(lot.credits for lot in lots),
        dated[0] if dated else None,
    )


def check_removal(account: Account, agency: Account, by: User | None) -> Check | Refused:
    """What a member can no longer do, and what stays. Refused as removing them is."""
    found = TeamMembership.objects.filter(agency=agency, account=account, left__isnull=True).first()
    if found is None:
        return Refused(RefusalCode.NOT_MEMBER, {"agency": host_id(agency)})
    refused = managing_problem(agency, by, Role(found.role))
    if refused is not None:
        return refused
    sent = Proposal.objects.filter(account=agency, for_agency_by=account)
    waiting = sent.filter(status__in=_WAITING, job__status=JobStatus.OPEN).count()
    spent = spent_this_month(sent, clock_now())
    is_admin = found.role != Role.AGENCY_MEMBER
    return check_of_removal(account.name, agency.name, waiting, spent, admin=is_admin)
