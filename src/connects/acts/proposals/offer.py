"""Offers: a client offers the job, and who proposed accepts it, or does not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.proposals.client_acts import act_on
from connects.acts.proposals.tell import tell_client, tell_others_of_hire, tell_proposer
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job, JobStatus
from connects.market.people.models import Account
from connects.market.people.own_accounts import own_account_problem
from connects.market.people.standing import suspended_problem
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.states import ProposalAct, state_problem
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed


def make_offer(proposal: Proposal, client: Account) -> Proposal | Refused:
    """The client offers the job. Refused with `not_allowed` or `job_closed`."""

    def note(row: Proposal, now: datetime) -> None:
        if row.status != ProposalStatus.OFFERED:
            row.status, row.offered = ProposalStatus.OFFERED, now
            row.save(update_fields=["offered"])
            tell_proposer(row, "offer", now)

    return act_on(proposal, client, ProposalAct.OFFER, note)


def answer_offer(proposal: Proposal, account: Account, *, accepts: bool) -> Proposal | Refused:
    """Accept an offer, which hires, or decline it, after which it may be made again.

    Refused with `not_allowed` or `job_closed`.
    """
    now = clock_now()
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).get(pk=proposal.job_id)
        rows = Proposal.objects.select_for_update(of=("self",))
        row = rows.select_related("account", "for_agency_by", "job", "member").get(pk=proposal.pk)
        if account.pk not in (row.account_id, row.for_agency_by_id):
            return not_allowed(Problem.NOT_YOURS)
        if job.status != JobStatus.OPEN:
            return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(job)})
        refused = suspended_problem(account) if accepts else None
        refused = (
            refused
            or state_problem(ProposalAct.ANSWER_OFFER, row)
            or (
                own_account_problem(job.client_id, row.account, row.for_agency_by, row.member)
                if accepts
                else None
            )
        )
        if refused is not None:
            return refused
        row.status = ProposalStatus.HIRED if accepts else ProposalStatus.SUBMITTED
        row.save(update_fields=["status"])
        tell_client(row, "offer-answered", now, answer="accepted" if accepts else "declined")
        if accepts:
            tell_others_of_hire(row, now)
        return row
