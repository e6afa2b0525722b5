"""Proposing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from connects.acts.accounts.team import member_of
from connects.acts.jobs.end import open_job
from connects.acts.jobs.note_activity import note_activity
from connects.acts.proposals.limit_spending import over_limit
from connects.acts.proposals.quote import problem_of_proposer, standing_of
from connects.acts.proposals.tell import tell_client
from connects.acts.purchases.note_fallen_balance import note_fallen_balance
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.journal.post import Journal
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import fix_price
from connects.market.members.selectors import party_of, rule_book_of
from connects.market.people.models import Account, User
from connects.market.people.own_accounts import OWN_ACCOUNT
from connects.market.plans.selectors import is_frozen
from connects.market.proposals.asking import NOTHING_ASKED, Asking, asking_problem
from connects.market.proposals.models import Proposal, ProposalDraft
from connects.market.proposals.references import reference_of
from connects.market.proposals.sending_again import may_send_again
from connects.market.proposals.ties import locked_ties
from connects.market.public_ids import new_public_id
from connects.movements.outcome import Accepted
from connects.movements.party import Party
from connects.movements.submit_proposal import ProposedJob, SubmitProposal, submit_proposal
from connects.policy.terms import RuleBook
from connects.pricing.concessions import Standing, for_proposer
from connects.vocabulary.amounts import Connects
from connects.vocabulary.facts import JobKind
from connects.vocabulary.keys import key_refused, key_reused
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed
from connects.vocabulary.typed_input import text_refused

COVER_LETTER_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True)
class Checked:
    """A proposal that may be sent: it is not saved, and nothing is paid. Its job is locked.

    `is_again`: the account has withdrawn an earlier one, and may send another.
    """

    ledger: Journal
    party: Party
    proposal: Proposal
    already_proposed: bool
    is_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalForm:
    """What is sent. `max_connects` is the most that it will pay (None: whatever the price is).

    `agency` is the one for which it is sent; its wallet pays. `quoted` is a price that was promised: what
    is charged is the lower of it and the present one. `asking` is the proposer's own price and time. A
    host says what it calls the proposal (`external_id`), and keeps a digest of each field with it.
    """

    key: str
    max_connects: Connects | None = None
    cover_letter: str = ""
    agency: Account | None = None
    quoted: Connects | None = None
    asking: Asking = NOTHING_ASKED
    external_id: str | None = None
    sent_fields: Mapping[str, str] | None = None


def problem_of_form(account: Account, form: ProposalForm) -> Refused | None:
    """What is against this form, before anything is locked."""
    letter = form.cover_letter
    return (
        problem_of_proposer(account)
        or (form.agency and problem_of_proposer(form.agency))
        or key_refused(form.key)
        or text_refused("cover_letter", letter, COVER_LETTER_CHARACTERS)
    )


def submit(
    job: Job, account: Account, form: ProposalForm, member: User | None = None
) -> Proposal | Refused:
    """Send a proposal and pay for it, or change nothing.

    The same key again gives the first proposal again. Refused with `not_allowed` (a post of an account
    that the person acts for among it, `own_account`), `not_member` (of the
    agency that it is sent for, or of the job's cloud), `job_closed`, `already_proposed`,
    `price_changed`, `insufficient_connects` or `invalid`.
    """
    refused = problem_of_form(account, form)
    if refused is not None:
        return refused
    now = clock_now()
    try:
        with transaction.atomic():
            answer = _submit(job, account, form, member, now)
            if isinstance(answer, Refused):
                transaction.set_rollback(True)
            return answer
    except IntegrityError:
        # Two requests with one key for two jobs: each locks its own job, the second one lands here.
        return key_reused(form.key)


def _submit(
    job: Job, sender: Account, form: ProposalForm, member: User | None, now: datetime
) -> Proposal | Refused:
    checked = check_proposal(job, sender, form, member, now)
    return _pay_and_send(checked, form, now) if isinstance(checked, Checked) else checked


def check_proposal(
    job: Job, sender: Account, form: ProposalForm, member: User | None, now: datetime
) -> Checked | Proposal | Refused:
    """Lock the job, and see whether it may be proposed to and for how much.

    Where the key was used, the answer is the proposal of that time.
    """
    account = form.agency or sender
    # The job's row is locked before the wallet's, here and when a job ends; see docs/locking.md.
    ties = locked_ties(job, account, sender, member)
    locked = ties.job
    if account.kind == AccountKind.AGENCY and is_frozen(account):
        return not_allowed(Problem.FROZEN)
    # Asked once the job is locked, so that what was sent in the meantime is among them.
    earlier = Proposal.objects.filter(Q(job=job) | Q(key=form.key), account=account)
    by_key = {each.key: each for each in earlier}
    sent = [each for each in earlier if each.job_id == job.pk]
    same = by_key.get(form.key)
    if same is not None:
        return same if same.job_id == job.pk else key_reused(form.key)
    team = None
    if form.agency is not None:
        team = member_of(form.agency, sender, now)
        if team is None:
            return Refused(RefusalCode.NOT_MEMBER, {"agency": form.agency.name})
    if ties.is_own:
        return OWN_ACCOUNT
    party = party_of(account, now)
    ledger = journal()
    if party.book.free.newcomers is not None or account.spends_most is not None or team is not None:
        # Two proposals at once must not both find room under one limit, or be the last of the first.
        ledger = ledger.holding((account.pk,))
    standing = standing_of(party, ties)
    price = for_proposer(fix_price(locked, party.book, now), party.book.free, standing)
    connects = price.connects if form.quoted is None else min(price.connects, form.quoted)
    refused = (
        asking_problem(form.asking, JobKind(locked.kind))
        or _closed_to(locked, party, standing)
        or over_limit(account, team, connects, now)
    )
    if refused is not None:
        return refused
    proposal = _unsent(form, sender, member, locked, now)
    proposal.paid, proposal.rule_book = connects, party.book.label
    is_again = bool(sent) and may_send_again(sent, party.book)
    proposed = bool(sent) and not is_again
    return Checked(ledger, party, proposal, proposed or ties.reserved, is_again)


def _unsent(
    form: ProposalForm, sender: Account, member: User | None, job: Job, now: datetime
) -> Proposal:
    """The proposal as a row that is not saved, before it has a price."""
    return Proposal(
        public_id=new_public_id(),
        job=job,
        account=form.agency or sender,
        for_agency_by=None if form.agency is None else sender,
        member=member,
        cover_letter=form.cover_letter,
        **asdict(form.asking),
        key=form.key,
        external_id=form.external_id,
        sent_fields=None if form.sent_fields is None else dict(form.sent_fields),
        revision=job.revision,
        submitted=now,
    )


def _closed_to(job: Job, party: Party, standing: Standing) -> Refused | None:
    """Whether the job accepts this proposer: its cloud, and its client's wish for no more."""
    if job.cloud_id is not None and not standing.in_cloud:
        return Refused(RefusalCode.NOT_MEMBER, {"job": job.public_id})
    if standing.invited or job.takes_more:
        return None
    cap = party.book.posts.asks_from_proposals if party.book.posts else None
    if cap is not None and job.proposal_count >= cap:
        return not_allowed(Problem.SOFT_CAP, proposals=cap)
    return None


def _pay_and_send(checked: Checked, form: ProposalForm, now: datetime) -> Proposal | Refused:
    outcome = pay(checked, form, now)
    if isinstance(outcome, Refused):
        return outcome
    proposal = checked.proposal
    for posted in outcome.posted:
        assert posted.record is not None
        proposal.spend_entry = posted.record.entry.number
        balance = posted.wallet.balance
        note_fallen_balance(proposal.account_id, balance + proposal.paid, balance, now)
    return send_paid(proposal, checked.party.book, now, is_again=checked.is_again)


def pay(
    checked: Checked, form: ProposalForm, now: datetime, *, holds: bool = False
) -> Accepted | Refused:
    """Charge a checked proposal, or hold its Connects."""
    proposal, job = checked.proposal, checked.proposal.job
    return submit_proposal(
        checked.ledger,
        checked.party,
        ProposedJob(
            reference=f"job:{job.public_id}",
            is_open=job.status == JobStatus.OPEN,
            connects=proposal.paid,
            already_proposed=checked.already_proposed,
        ),
        SubmitProposal(reference_of(proposal), form.key, form.max_connects, holds=holds),
        now,
    )


def send_paid(proposal: Proposal, book: RuleBook, now: datetime, *, is_again: bool) -> Proposal:
    """Save a proposal that is paid for, or free, and tell its client. The job is locked."""
    unread = book.returns.unread
    if unread is not None and proposal.spend_entry is not None:
        proposal.unread_due = now + timedelta(hours=unread.after_hours)
    proposal.save()
    tell_client(proposal, "proposal-received", now, name=proposal.account.name)
    if not is_again:
        Job.objects.filter(pk=proposal.job_id).update(proposal_count=F("proposal_count") + 1)
    if proposal.member_id is not None:
        ProposalDraft.objects.filter(
            job=proposal.job_id, account=proposal.account_id, member=proposal.member_id
        ).delete()
    return proposal


def take_more(job: Job, client: Account) -> Job | Refused:
    """The client wants more proposals than the soft cap. Refused with `not_allowed` or `job_closed`."""
    with transaction.atomic():
        locked = open_job(job, client)
        if not isinstance(locked, Refused):
            locked.takes_more = True
            locked.save(update_fields=["takes_more"])
            now = clock_now()
            note_activity(locked, rule_book_of(client, now), now)
        return locked
