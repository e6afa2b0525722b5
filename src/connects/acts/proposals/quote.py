"""What proposals would cost an account now: for one job on its page, or all that a search found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from connects.bootstrap.clock import now as clock_now
from connects.ledger.wallet import Wallet
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import shown_prices
from connects.market.members.selectors import Terms, terms_of, wallet_of, wallets_of
from connects.market.people.models import Account
from connects.market.people.own_accounts import OWN_ACCOUNT
from connects.market.people.standing import suspended_problem
from connects.market.proposals.many_ties import Pair, ties_between
from connects.market.proposals.own_prices import sent_by, standing
from connects.market.proposals.ties import Ties, ties_to
from connects.movements.party import Party
from connects.pricing.concessions import for_proposer
from connects.pricing.quote import Price
from connects.statements.forecast import ComesBack, forecast
from connects.statements.payment_preview import PaymentPreview, preview_payment
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed

Asked = tuple[Account, Sequence[Job]]
"""An account, and the jobs that it would propose to."""


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
    ties = {} if _bars(account) else ties_to(jobs, account)
    return _quoted([(account, jobs)], {(account.id, job): tie for job, tie in ties.items()})[0]


def quote_all(asked: Sequence[Asked]) -> list[list[ProposalQuote | Refused]]:
    """The same for each of these accounts and its jobs, with as many queries as for one of them.

    The jobs are as they were just read (`jobs_to_quote`).
    """
    admitted = [(account, jobs) for account, jobs in asked if not _bars(account)]
    pairs = {
        (account.id, job.id): Pair(job.id, account, "")
        for account, jobs in admitted
        for job in jobs
    }
    read = {job.id: job for _, jobs in admitted for job in jobs}
    ties = ties_between(list(pairs.values()), read) if pairs else []
    return _quoted(asked, dict(zip(pairs, ties, strict=True)))


def _quoted(
    asked: Sequence[Asked], ties: Mapping[tuple[int, int], Ties]
) -> list[list[ProposalQuote | Refused]]:
    """The quotes, once it is known how each account stands to its jobs (`ties`, by their numbers)."""
    now = clock_now()
    accounts = {account.id: account for account, jobs in asked if jobs and not _bars(account)}
    terms = terms_of(list(accounts.values()), now) if accounts else {}
    books = {pk: each.party.book for pk, each in terms.items()}
    jobs = {(books[account].digest, job): tie.job for (account, job), tie in ties.items()}
    prices = shown_prices(jobs, {book.digest: book for book in books.values()}) if jobs else {}
    sent = sent_by(books)
    wallets = {pk: wallet_of(pk) for pk in books} if len(books) == 1 else wallets_of(list(books))
    found: list[list[ProposalQuote | Refused]] = []
    for account, wanted in asked:
        barred = problem_of_proposer(account)
        if barred is not None or not wanted:
            found.append([barred] * len(wanted) if barred is not None else [])
            continue
        own = _Quoting(terms[account.id], wallets[account.id], sent[account.id], now)
        digest = books[account.id].digest
        found.append(
            [own.quote(ties[account.id, job.id], prices[digest, job.id]) for job in wanted]
        )
    return found


class _Quoting:
    """An account that asks what proposals would cost it: what is the same for all jobs."""

    def __init__(self, terms: Terms, wallet: Wallet, sent: int, now: datetime) -> None:
        self._terms, self._wallet, self._sent, self._now = terms, wallet, sent, now
        self._paying: dict[Connects, tuple[PaymentPreview, tuple[ComesBack, ...]]] = {}

    def quote(self, ties: Ties, card: Price) -> ProposalQuote | Refused:
        problem = _closed_to(ties)
        if problem is not None:
            return problem
        party = self._terms.party
        price = for_proposer(card, party.book.free, standing(self._sent, ties, party.book))
        payment, comes_back = self._paid(price.connects)
        return ProposalQuote(party, self._terms.is_frozen, price, payment, comes_back)

    def _paid(self, connects: Connects) -> tuple[PaymentPreview, tuple[ComesBack, ...]]:
        """What paying so much would do, and what would come back of it."""
        found = self._paying.get(connects)
        if found is None:
            payment = preview_payment(self._wallet, connects, self._now)
            comes_back = forecast(self._terms.party.book, payment.shares, self._now)
            found = self._paying[connects] = payment, comes_back
        return found


def _closed_to(ties: Ties) -> Refused | None:
    job = ties.job
    if job.status != JobStatus.OPEN:
        return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(job)})
    if ties.is_own:
        return OWN_ACCOUNT
    if job.cloud_id is not None and not ties.in_cloud:
        return Refused(RefusalCode.NOT_MEMBER, {"job": host_id(job)})
    return None


def _bars(account: Account) -> bool:
    return problem_of_proposer(account) is not None


def problem_of_proposer(account: Account) -> Refused | None:
    """A refusal with `not_allowed` for an account that sends no proposals, or none now."""
    if AccountKind(account.kind).holds_wallet:
        return suspended_problem(account)
    return not_allowed(Problem.FREELANCERS_ONLY)
