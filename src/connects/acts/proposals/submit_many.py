"""Sending many proposals in one transaction: each is charged or refused by itself.

Where two of them depend on each other (one wallet under a limit, one job under a cap, one key), the
second is checked once the first is answered. No wallet is met in a later round that was not met in the
first, so all are locked in the order of their ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from connects.acts.notices.outbox import put_in_outbox
from connects.acts.proposals.check import Checked, Later, check_round
from connects.acts.proposals.submission import Submission, problem_of_form
from connects.acts.proposals.tell import tell_clients
from connects.acts.purchases.note_fallen_balance import note_fallen_balance
from connects.journal.port import Outcome, Posted
from connects.journal.post import Journal
from connects.ledger.commands import Spend
from connects.ledger.wallet import Wallet
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job, JobStatus
from connects.market.many_rows import add_to, save_new
from connects.market.proposals.models import Proposal, ProposalDraft
from connects.movements.submit_proposal import ProposedJob, SubmitProposal, charge_of
from connects.policy.terms import RuleBook
from connects.vocabulary.refusals import Refused


@dataclass(frozen=True, slots=True)
class Sent:
    """A proposal as it was sent, now or before. `wallet` is the payer's after it, where it paid now."""

    proposal: Proposal
    is_new: bool
    wallet: Wallet | None = None


def submit_many(asked: Sequence[Submission], now: datetime) -> list[Sent | Refused]:
    """Send the proposals in the caller's transaction; the answers stand in their order.

    One that is refused changes nothing and holds up no other; for the refusals see `submit`. Raises
    IntegrityError where another transaction has used a key or a host's id at the same time.
    """
    answers: list[Sent | Refused | None] = [
        problem_of_form(each.sender, each.form) for each in asked
    ]
    left = [place for place, answer in enumerate(answers) if answer is None]
    while left:
        found = check_round([asked[place] for place in left], now)
        paid = _pay(found.ledger, found.answers, now)
        later = []
        for place, answer in zip(left, paid, strict=True):
            if isinstance(answer, Later):
                later.append(place)
            else:
                answers[place] = answer
        left = later
    return [answer for answer in answers if answer is not None]


def _pay(
    ledger: Journal, checked: Sequence[Checked | Proposal | Refused | Later], now: datetime
) -> list[Sent | Refused | Later]:
    """Charge what was found right, with one post for all, and send it."""
    charges = [charge(each, now) if isinstance(each, Checked) else None for each in checked]
    answers: list[Sent | Refused | Later] = []
    sent: list[tuple[Checked, Wallet | None]] = []

    def send(told: Sequence[Outcome]) -> None:
        outcomes = iter(told)
        for each, charged in zip(checked, charges, strict=True):
            outcome = next(outcomes) if isinstance(charged, Spend) else charged
            if isinstance(outcome, Refused):
                answers.append(outcome)
            elif isinstance(each, Checked):
                wallet = _note_payment(each, outcome)
                sent.append((each, wallet))
                answers.append(Sent(each.proposal, is_new=True, wallet=wallet))
            else:
                answers.append(Sent(each, is_new=False) if isinstance(each, Proposal) else each)
        if sent:
            _send([each for each, _ in sent], now)

    ledger.post([each for each in charges if isinstance(each, Spend)], now, beside=send)
    rows = [each.proposal for each, _ in sent]
    drop_drafts([(row.job_id, row.account_id, row.member_id) for row in rows])
    for each, wallet in sent:
        if wallet is not None:
            was = wallet.balance + each.proposal.paid
            note_fallen_balance(each.terms, was, wallet.balance, now)
    return answers


def charge(checked: Checked, now: datetime, *, holds: bool = False) -> Spend | Refused | None:
    """What is to be posted for a proposal that may be sent, or held for it."""
    proposal, form = checked.proposal, checked.submission.form
    job = proposal.job
    return charge_of(
        checked.party,
        ProposedJob(
            name=host_id(job),
            is_open=job.status == JobStatus.OPEN,
            connects=proposal.paid,
            already_proposed=checked.already_proposed,
        ),
        SubmitProposal(proposal.reference, form.key, form.max_connects, holds=holds),
        now,
    )


def _note_payment(checked: Checked, outcome: Posted | None) -> Wallet | None:
    if outcome is None:
        return None
    note_payment(checked.proposal, outcome, checked.party.book)
    return outcome.wallet


def note_payment(proposal: Proposal, outcome: Posted, book: RuleBook) -> None:
    """Note on a proposal what paid for it, and until when it may stay unread."""
    proposal.spend_entry = outcome.entry_number
    if book.returns.unread is not None:
        hours = book.returns.unread.after_hours
        proposal.unread_due = proposal.submitted + timedelta(hours=hours)


def _send(checked: Sequence[Checked], now: datetime) -> None:
    rows = [each.proposal for each in checked]
    save_sent(rows, [each.proposal for each in checked if not each.is_again], now)
    audits = [
        each.submission.audit(each.proposal, now)
        for each in checked
        if each.submission.audit is not None
    ]
    if audits:
        save_new(audits)
    told = [
        each.submission.tells(each.proposal, now)
        for each in checked
        if each.submission.tells is not None
    ]
    if told:
        put_in_outbox(told, now)


def save_sent(rows: Sequence[Proposal], first: Sequence[Proposal], now: datetime) -> None:
    """Save proposals that are paid for, or free, and tell their clients. Their jobs are locked.

    `first` are those that count: their accounts had sent nothing to these jobs before.
    """
    if first:
        add_to(Job, "proposal_count", Counter(row.job_id for row in first))
    save_new(rows)
    tell_clients(rows, now)


def drop_drafts(sent: Sequence[tuple[int, int, int | None]]) -> None:
    """Delete the drafts to jobs, for accounts, that people on pages have sent."""
    drafts = Q()
    for job, account, member in sent:
        if member is not None:
            drafts |= Q(job=job, account=account, member=member)
    if drafts:
        ProposalDraft.objects.filter(drafts).delete()
