"""Withdrawing a proposal, and what comes back of one that the client does not open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.credits.return_paid import give_back
from connects.acts.notices.take_back_unsent import take_back_unsent
from connects.acts.proposals.tell import tell_client
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job, JobStatus
from connects.market.members.editions import book_by_label
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.states import ProposalAct, may
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed
from connects.vocabulary.returns import ReturnCause


def withdraw_proposal(proposal: Proposal, account: Account) -> Proposal | Refused:
    """Withdraw a proposal; within the rule book's minutes and unopened, its Connects come back.

    From now on its client neither reads it nor is told of it. Refused with `not_allowed`, or with
    `job_closed` if it is already over.
    """
    now = clock_now()
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).get(pk=proposal.job_id)
        row = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if account.pk not in (row.account_id, row.for_agency_by_id):
            return not_allowed(Problem.NOT_YOURS)
        if job.status != JobStatus.OPEN or not may(ProposalAct.WITHDRAW, row):
            return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(job)})
        row.status, row.unread_due = ProposalStatus.WITHDRAWN, None
        row.save(update_fields=["status", "unread_due"])
        take_back_unsent(job.client_id, row.public_id, now)
        if row.opened is not None:
            tell_client(row, "proposal-withdrawn", now)
        if is_in_time(row, now):
            give_back([row], ReturnCause.WITHDRAWN, now)
        return row


def is_in_time(row: Proposal, now: datetime) -> bool:
    """Whether the rule book gives something back to who changes their mind now."""
    rule = book_by_label(row.rule_book).returns.withdrawn
    if rule is None or row.opened is not None:
        return False
    return now <= row.submitted + timedelta(minutes=rule.within_minutes)
