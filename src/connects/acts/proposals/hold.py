"""Reserving a proposal: its Connects are held first, and it is submitted later, or never."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from connects.acts.credits.release_held import held_of, over_already
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.proposals.check import Checked, check_round
from connects.acts.proposals.submission import ProposalForm, Submission, problem_of_form
from connects.acts.proposals.submit_many import charge, drop_drafts, note_payment, save_sent
from connects.acts.purchases.note_fallen_balance import note_fallen_balance
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.ledger.commands import Spend
from connects.market.jobs.models import Job
from connects.market.members.editions import book_by_label
from connects.market.people.models import Account, User
from connects.market.proposals.models import HeldProposal, HoldEnd, Proposal
from connects.market.proposals.ties import locked_ties
from connects.movements.hold_connects import capture_held, release_held
from connects.policy.terms import RuleBook
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import key_reused

HOLD_AT_MOST = timedelta(days=7)


def hold_proposal(
    job: Job, account: Account, form: ProposalForm, seconds: int, member: User | None = None
) -> HeldProposal | Refused:
    """Hold a proposal's Connects for so many seconds, or change nothing.

    Nobody sees it until `submit_held`; if that does not come in time, all comes back. The same key
    again gives the first reservation again. Refused as `submit` is, and with `invalid` for a time of
    nothing or of more than 7 days.
    """
    if not 0 < seconds <= HOLD_AT_MOST.total_seconds():
        return invalid(
            Problem.NOT_A_NUMBER,
            field="hold_seconds",
            least=1,
            most=int(HOLD_AT_MOST.total_seconds()),
        )
    refused = problem_of_form(account, form)
    if refused is not None:
        return refused
    now = clock_now()
    try:
        with transaction.atomic():
            answer = _hold(job, account, form, member, now, now + timedelta(seconds=seconds))
            if isinstance(answer, Refused):
                transaction.set_rollback(True)
            return answer
    except IntegrityError:
        # Two requests with one key for two jobs: each locks its own job, the second one lands here.
        return key_reused(form.key)


def _hold(
    job: Job,
    sender: Account,
    form: ProposalForm,
    member: User | None,
    now: datetime,
    confirm_by: datetime,
) -> HeldProposal | Refused:
    found = check_round([Submission(job.pk, sender, form, member)], now)
    (checked,) = found.answers
    if not isinstance(checked, Checked):
        return checked if isinstance(checked, Refused) else key_reused(form.key)
    proposal = checked.proposal
    same = HeldProposal.objects.filter(account=proposal.account, key=form.key).first()
    if same is not None:
        return same if same.job_id == job.pk else key_reused(form.key)
    hold = charge(checked, now, holds=True)
    outcome = found.ledger.post_one(hold, now) if isinstance(hold, Spend) else hold
    if isinstance(outcome, Refused):
        return outcome
    row = HeldProposal(
        public_id=proposal.public_id,
        job=proposal.job,
        account=proposal.account,
        for_agency_by=proposal.for_agency_by,
        member=member,
        form={"cover_letter": form.cover_letter, **asdict(form.asking)},
        connects=proposal.paid,
        key=form.key,
        rule_book=proposal.rule_book,
        revision=proposal.revision,
        held=now,
        confirm_by=confirm_by,
        external_id=form.external_id,
        sent_fields=proposal.sent_fields,
    )
    if outcome is not None:
        row.hold_entry = outcome.entry_number
        balance = outcome.wallet.balance
        note_fallen_balance(checked.terms, balance + row.connects, balance, now)
    row.save()
    put_in_outbox([_held(row)], now)
    return row


def _held(row: HeldProposal) -> Event:
    """What programs hear; the member learns it where they reserved it."""
    return Event(
        key=f"held:{row.public_id}",
        account=row.account_id,
        code="proposal.held",
        parameters={
            "proposal": row.public_id,
            "job": row.job.public_id,
            "connects": row.connects,
            "confirm_by": row.confirm_by.isoformat(),
        },
    )


def submit_held(reserved: HeldProposal) -> Proposal | Refused:
    """Send a reserved proposal and pay with what was held for it. In time, it is never refused.

    Once it was sent, the proposal that it became is the answer. Refused with `hold_expired` where its
    time is over or its account was suspended, `job_closed` where its job ended, and `not_allowed` where
    it was withdrawn.
    """
    now = clock_now()
    with transaction.atomic():
        ties = locked_ties(reserved.job, reserved.account)
        row = _locked(reserved)
        if row.end == HoldEnd.SUBMITTED:
            return Proposal.objects.get(public_id=row.public_id)
        refused = over_already(row, now)
        if refused is not None:
            return refused
        book = book_by_label(row.rule_book)
        row.ended, row.end = now, HoldEnd.SUBMITTED
        row.save(update_fields=["ended", "end"])
        proposal = _proposal_of(row, ties.job, now)
        # Who was invited meanwhile does not pay, as if the invitation had come before.
        _pay(proposal, row, book, now, is_free=ties.invited and book.free.invitations)
        # One that was withdrawn is counted already.
        earlier = Proposal.objects.filter(job=row.job_id, account=row.account_id)
        save_sent([proposal], [] if earlier.exists() else [proposal], now)
        drop_drafts([(proposal.job_id, proposal.account_id, proposal.member_id)])
        return proposal


def _locked(reserved: HeldProposal) -> HeldProposal:
    rows = HeldProposal.objects.select_for_update(of=("self",)).select_related("account")
    return rows.get(pk=reserved.pk)


def _proposal_of(row: HeldProposal, job: Job, now: datetime) -> Proposal:
    return Proposal(
        public_id=row.public_id,
        job=job,
        account=row.account,
        for_agency_by=row.for_agency_by,
        member=row.member,
        **row.form,
        paid=row.connects,
        key=row.key,
        external_id=row.external_id,
        sent_fields=row.sent_fields,
        rule_book=row.rule_book,
        revision=row.revision,
        submitted=now,
    )


def _pay(
    proposal: Proposal, row: HeldProposal, book: RuleBook, now: datetime, *, is_free: bool
) -> None:
    if row.hold_entry is None:
        return
    if is_free:
        proposal.paid = 0
        release_held(journal(), [held_of(row)], "invited", now, now)
        return
    note_payment(proposal, capture_held(journal(), held_of(row), now), book)
