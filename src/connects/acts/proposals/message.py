"""Exchange messages between a client and a proposer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.count_acts import count_act
from connects.acts.proposals.note_interview import note_interview
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import JobStatus
from connects.market.limits.table import ANSWERS
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.market.proposals.models import Message, Proposal
from connects.market.proposals.states import ProposalAct, state_problem
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed
from connects.vocabulary.typed_input import text_refused

TEXT_CHARACTERS = 4_000
SHOWN_MOST = 200


def text_problem(text: str) -> Refused | None:
    """The problem of a message's text, if any: one that says nothing is none."""
    return text_refused("text", text, TEXT_CHARACTERS, required=True)


def write_message(proposal: Proposal, text: str, now: datetime, *, by_client: bool) -> None:
    """Keep the message and tell whom it is for. Runs in the caller's transaction."""
    message = Message.objects.create(proposal=proposal, by_client=by_client, text=text, sent=now)
    client, sender = proposal.job.client, proposal.account
    receiver, author = (sender, client) if by_client else (client, sender)
    put_in_outbox(
        [
            Event(
                key=f"message:{message.pk}",
                account=receiver.pk,
                code="message",
                parameters={
                    "proposal": proposal.public_id,
                    "title": proposal.job.title,
                    "name": author.name,
                },
            )
        ],
        now,
    )


def answer_client(proposal: Proposal, account: Account, text: str) -> Proposal | Refused:
    """Who proposed answers the client, who has written first.

    Refused with `not_allowed`, `job_closed` where the job was removed, or `invalid`.
    """
    refused = suspended_problem(account) or text_problem(text)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = _answerable(proposal, account)
        if isinstance(row, Refused):
            return row
        refused = count_act(ANSWERS, f"proposal:{row.pk}:sender", now)
        if refused is not None:
            return refused
        write_message(row, text, now, by_client=False)
        note_interview(row, now, answered=True)
        return row


def note_answer(proposal: Proposal) -> Proposal | Refused:
    """A host says that who proposed has answered the client there; the text stays with it.

    Refused with `not_allowed`, or `job_closed` where the job was removed.
    """
    now = clock_now()
    with transaction.atomic():
        row = _answerable(proposal, proposal.account)
        if not isinstance(row, Refused):
            note_interview(row, now, answered=True)
        return row


def _answerable(proposal: Proposal, account: Account) -> Proposal | Refused:
    """The proposal, locked, if its account may answer the client now."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("job")
    row = rows.get(pk=proposal.pk)
    if account.pk not in (row.account_id, row.for_agency_by_id):
        return not_allowed(Problem.NOT_YOURS)
    if row.job.status in (JobStatus.REMOVED, JobStatus.VOID):
        return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(row.job)})
    refused = state_problem(ProposalAct.ANSWER, row)
    if refused is not None:
        return refused
    if row.messaged is None:
        return not_allowed(Problem.CLIENT_WRITES_FIRST)
    return row


def conversation(proposal: Proposal) -> list[Message]:
    """The last messages, oldest first."""
    newest = Message.objects.filter(proposal=proposal).order_by("-id")[:SHOWN_MOST]
    return list(reversed(newest))
