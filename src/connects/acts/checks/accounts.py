"""Checks of what staff do to an account: suspend, reinstate, erase."""

from __future__ import annotations

from connects.acts.checks.memberships import held, paid_plan
from connects.acts.credits.forecast_returns import forecast_void
from connects.acts.leaving.close_account import what_closing_means, why_not_closed
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import JobStatus
from connects.market.people.models import Account, TeamMembership, User
from connects.market.people.permissions import Act, denied
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.statements.checks import staff as words
from connects.statements.checks.check import Check
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed

_WAITING = (ProposalStatus.SUBMITTED, ProposalStatus.OFFERED)


def check_suspension(account: Account, staff: User | None) -> Check | Refused:
    """What ends or stops if the account is suspended now. Refused as suspending is."""
    refused = denied(staff, Act.SUSPEND_ACCOUNTS)
    if refused is not None:
        return refused
    if account.kind == AccountKind.CLIENT:
        return words.check_of_client_suspension(account.name, forecast_void(account, clock_now()))
    waiting = Proposal.objects.filter(
        account=account, status__in=_WAITING, job__status=JobStatus.OPEN
    )
    team = TeamMembership.objects.filter(agency=account, left__isnull=True)
    return words.check_of_member_suspension(
        account.name, held(account), waiting.count(), paid_plan(account), team.count()
    )


def check_reinstatement(account: Account, staff: User | None) -> Check | Refused:
    """What the account may do again. Refused as reinstating is."""
    refused = denied(staff, Act.SUSPEND_ACCOUNTS)
    if refused is None and account.closed is not None:
        refused = not_allowed(Problem.CLOSED)
    return refused or words.check_of_reinstatement(account.name)


def check_erasure(account: Account, staff: User | None) -> Check | Refused:
    """What ends and is erased. Refused as erasing is."""
    refused = denied(staff, Act.ERASE_PEOPLE)
    if refused is None and account.closed is None:
        refused = why_not_closed(account)
    if refused is not None:
        return refused
    return words.check_of_erasure(account.name, what_closing_means(account, clock_now()).lines())
