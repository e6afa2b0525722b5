"""Acts of a client on a proposal: open, shortlist, write, decline, hire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from connects.acts.jobs.end import open_job
from connects.acts.jobs.flag_suspects import flag_suspect_pair
from connects.acts.jobs.note_activity import note_activity
from connects.acts.oversight.count_acts import count_acts
from connects.acts.proposals.message import text_problem, write_message
from connects.acts.proposals.note_interview import note_interview
from connects.acts.proposals.tell import tell_others_of_hire, tell_proposer
from connects.bootstrap.clock import now as clock_now
from connects.market.limits.table import MESSAGES, MESSAGES_IN_CONVERSATION
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account
from connects.market.people.own_accounts import own_account_problem
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.states import EARNING, ProposalAct, state_problem
from connects.vocabulary.refusals import Refused

Note = Callable[[Proposal, datetime], Refused | None]


def open_proposal(proposal: Proposal, client: Account) -> Proposal | Refused:
    """The client reads the proposal. Refused with `not_allowed` or `job_closed`."""
    return act_on(proposal, client, ProposalAct.OPEN, _note_opened)


def shortlist(proposal: Proposal, client: Account) -> Proposal | Refused:
    """The client puts the proposal on the short list. Refused with `not_allowed` or `job_closed`."""
    return act_on(proposal, client, ProposalAct.SHORTLIST, _note_shortlisted)


def message(proposal: Proposal, client: Account, text: str | None = None) -> Proposal | Refused:
    """The client writes to who sent the proposal: an interview, which may bring a reward.

    `text` is None where they wrote elsewhere. Refused with `not_allowed`, `job_closed` or `invalid`.
    """
    refused = None if text is None else text_problem(text)
    if refused is not None:
        return refused

    def note(row: Proposal, now: datetime) -> Refused | None:
        too_often = None if text is None else _too_many_messages(row, now)
        if too_often is None:
            _note_message(row, now)
        if text is not None and too_often is None:
            write_message(row, text, now, by_client=True)
        return too_often

    return act_on(proposal, client, ProposalAct.MESSAGE, note)


def decline(proposal: Proposal, client: Account) -> Proposal | Refused:
    """The client declines the proposal. Refused with `not_allowed` or `job_closed`."""
    return act_on(proposal, client, ProposalAct.DECLINE, _note_declined)


def reconsider(proposal: Proposal, client: Account) -> Proposal | Refused:
    """The client declined and thinks again: the proposal waits for an answer as before.

    An offer that was taken back does not stand again. Refused with `not_allowed` or `job_closed`.
    """
    return act_on(proposal, client, ProposalAct.RECONSIDER, _note_reconsidered)


def hire(proposal: Proposal, client: Account) -> Proposal | Refused:
    """The client hires who sent the proposal. Refused with `not_allowed` or `job_closed`."""
    return act_on(proposal, client, ProposalAct.HIRE, _note_hired)


def act_on(proposal: Proposal, client: Account, act: ProposalAct, note: Note) -> Proposal | Refused:
    """The client does something with a proposal, which counts as activity and opens it.

    Refused with `not_allowed` where its state or the client's own part in it forbids that, or
    `job_closed`. The job is locked before the proposal, here and where one is withdrawn, so that of a
    hire and a withdrawal at once exactly one happens.
    """
    now = clock_now()
    with transaction.atomic():
        job = open_job(proposal.job, client)
        if isinstance(job, Refused):
            return job
        row = _locked(proposal)
        refused = state_problem(act, row) or (_own_account(row, client) if act in EARNING else None)
        if refused is not None:
            return refused
        note_activity(job, rule_book_of(client, now), now)
        _note_opened(row, now)
        refused = note(row, now)
        if refused is not None:
            transaction.set_rollback(True)
            return refused
        row.save(update_fields=["opened", "unread_due", "shortlisted", "messaged", "status"])
        if row.messaged == now:
            flag_suspect_pair(row, now)
        return row


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",))
    people = ("job__client", "account", "for_agency_by", "member")
    return rows.select_related(*people).get(pk=proposal.pk)


def _own_account(row: Proposal, client: Account) -> Refused | None:
    return own_account_problem(client.pk, row.account, row.for_agency_by, row.member)


def _too_many_messages(row: Proposal, now: datetime) -> Refused | None:
    """Each message is an e-mail, so they are counted for the one who gets them and for the client."""
    counted = (
        (MESSAGES_IN_CONVERSATION, f"proposal:{row.pk}:client"),
        (MESSAGES, f"account:{row.job.client_id}"),
    )
    return count_acts(counted, now)


def _note_opened(row: Proposal, now: datetime) -> None:
    row.opened = row.opened or now
    row.unread_due = None


def _note_shortlisted(row: Proposal, now: datetime) -> None:
    if row.shortlisted is None:
        row.shortlisted = now
        tell_proposer(row, "shortlisted", now)


def _note_message(row: Proposal, now: datetime) -> None:
    if row.messaged is None:
        row.messaged = now
        note_interview(row, now, answered=False)


def _note_declined(row: Proposal, now: datetime) -> None:
    if row.status != ProposalStatus.DECLINED:
        row.status = ProposalStatus.DECLINED
        tell_proposer(row, "declined", now)


def _note_reconsidered(row: Proposal, now: datetime) -> None:
    if row.status == ProposalStatus.DECLINED:
        row.status = ProposalStatus.SUBMITTED
        tell_proposer(row, "reconsidered", now)


def _note_hired(row: Proposal, now: datetime) -> None:
    if row.status != ProposalStatus.HIRED:
        row.status = ProposalStatus.HIRED
        tell_proposer(row, "hired", now)
        tell_others_of_hire(row, now)
