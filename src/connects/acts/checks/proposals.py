"""Checks of acts on a proposal: withdraw, hire, decline."""

from __future__ import annotations

from datetime import datetime

from connects.acts.credits.forecast_returns import forecast_end
from connects.acts.credits.return_paid import due_back
from connects.acts.proposals.withdraw import is_in_time
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import JobStatus
from connects.market.jobs.over import over_for
from connects.market.members.editions import book_by_label
from connects.market.people.models import Account
from connects.market.people.own_accounts import own_account_problem
from connects.market.people.standing import suspended_problem
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.states import EARNING, ProposalAct, may, state_problem
from connects.statements.checks.check import Check
from connects.statements.checks.work import (
    Withdrawal,
    check_of_decline,
    check_of_hire,
    check_of_withdrawal,
)
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed
from connects.vocabulary.returns import ReturnCause


def check_withdrawal(proposal: Proposal, account: Account) -> Check | Refused:
    """What withdrawing the proposal would do now. Refused as withdrawing it would be."""
    now = clock_now()
    if account.pk not in (proposal.account_id, proposal.for_agency_by_id):
        return not_allowed(Problem.NOT_YOURS)
    job = proposal.job
    if job.status != JobStatus.OPEN or not may(ProposalAct.WITHDRAW, proposal):
        return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(job)})
    rule = book_by_label(proposal.rule_book).returns.withdrawn
    told = Withdrawal(
        job=job.public_id,
        title=job.title,
        client=job.client.name,
        paid=proposal.paid - proposal.returned,
        comes_back=back_if_withdrawn(proposal, now),
        opened=proposal.opened,
        minutes=rule.within_minutes if rule is not None else None,
        if_closed=due_back(proposal, ReturnCause.CLOSED_WITHOUT_HIRE, now),
    )
    return check_of_withdrawal(told)


def back_if_withdrawn(proposal: Proposal, now: datetime) -> Connects:
    """What comes back of a proposal that is withdrawn now."""
    return due_back(proposal, ReturnCause.WITHDRAWN, now) if is_in_time(proposal, now) else 0


def check_hire(proposal: Proposal, client: Account) -> Check | Refused:
    """Who is hired, and what closing then gives back to the others. Refused as hiring is."""
    refused = _refused(proposal, client, ProposalAct.HIRE)
    if refused is not None:
        return refused
    job, now = proposal.job, clock_now()
    hired = job.proposals.filter(status=ProposalStatus.HIRED).exists()
    before = ReturnCause.CLOSED_AFTER_HIRE if hired else ReturnCause.CLOSED_WITHOUT_HIRE
    return check_of_hire(
        proposal.account.name,
        proposal.paid - proposal.returned,
        forecast_end(job, before, now, proposal),
        forecast_end(job, ReturnCause.CLOSED_AFTER_HIRE, now, proposal),
    )


def check_decline(proposal: Proposal, client: Account) -> Check | Refused:
    """Who is told no, and what may still come back to them. Refused as declining is."""
    refused = _refused(proposal, client, ProposalAct.DECLINE)
    if refused is not None:
        return refused
    now = clock_now()
    causes = (ReturnCause.CLOSED_WITHOUT_HIRE, ReturnCause.CLOSED_AFTER_HIRE)
    return check_of_decline(
        proposal.account.name,
        was_offered=proposal.status == ProposalStatus.OFFERED,
        may_come=max(due_back(proposal, cause, now) for cause in causes),
        paid=proposal.paid - proposal.returned,
    )


def _refused(proposal: Proposal, client: Account, act: ProposalAct) -> Refused | None:
    job = proposal.job
    if job.client_id != client.pk:
        return not_allowed(Problem.NOT_YOURS)
    if job.status != JobStatus.OPEN:
        return over_for(job, Problem.OWN_JOB_OVER)
    return (
        suspended_problem(client)
        or state_problem(act, proposal)
        or (
            own_account_problem(
                client.pk, proposal.account, proposal.for_agency_by, proposal.member
            )
            if act in EARNING
            else None
        )
    )
