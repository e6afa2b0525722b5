"""What proposals would cost an account now: for one job on its page, or all that a search found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import prices_for
from connects.market.members.selectors import terms_of, wallet_of
from connects.market.people.models import Account
from connects.market.people.own_accounts import OWN_ACCOUNT
from connects.market.people.standing import suspended_problem
from connects.market.proposals.own_prices import proposals_sent, standing
from connects.market.proposals.ties import Ties, ties_to
from connects.movements.party import Party
from connects.pricing.concessions import for_proposer
from connects.pricing.quote import Price
from connects.statements.forecast import ComesBack, forecast
from connects.statements.payment_preview import PaymentPreview, preview_payment
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed


@dataclass(frozen=True, slots=True)
class ProposalQuote:
    """All that a freelancer is shown before paying. `is_frozen`: their plan rests."""

    party: Party
    is_frozen: bool
    price: Price
    payment: PaymentPreview
    comes_back: tuple[ComesBack, ...]


def quote(job: Job, account: Account) -> ProposalQuote | Refused:
    """What a proposal to this job would cost this account now. Refused where none may be sent.

    For an agency, `account` is the agency.
    """
    return quote_many([job], account)[0]


def quote_many(jobs: Sequence[Job], account: Account) -> list[ProposalQuote | Refused]:
    """The same for each of these jobs, with as many queries as for one."""
    refused = problem_of_proposer(account)
    if refused is not None:
        return [refused] * len(jobs)
    now = clock_now()
    terms = terms_of([account], now)[account.pk]
    party = terms.party
    ties = ties_to(jobs, account)
    prices = prices_for(jobs, party.book)
    sent = proposals_sent(account.pk, party.book)
    held = wallet_of(account.pk)

    def quoted(job: Job) -> ProposalQuote | Refused:
        tie = ties[job.pk]
        problem = _closed_to(tie)
        if problem is not None:
            return problem
        price = for_proposer(prices[job.pk], party.book.free, standing(sent, tie, party.book))
        payment = preview_payment(held, price.connects, now)
        comes_back = forecast(party.book, payment.shares, now)
        return ProposalQuote(party, terms.is_frozen, price, payment, comes_back)

    return [quoted(job) for job in jobs]


def _closed_to(ties: Ties) -> Refused | None:
    job = ties.job
    if job.status != JobStatus.OPEN:
        return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(job)})
    if ties.is_own:
        return OWN_ACCOUNT
    if job.cloud_id is not None and not ties.in_cloud:
        return Refused(RefusalCode.NOT_MEMBER, {"job": host_id(job)})
    return None


def problem_of_proposer(account: Account) -> Refused | None:
    """A refusal with `not_allowed` for an account that sends no proposals, or none now."""
    if AccountKind(account.kind).holds_wallet:
        return suspended_problem(account)
    return not_allowed(Problem.FREELANCERS_ONLY)
