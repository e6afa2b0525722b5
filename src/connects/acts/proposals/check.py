"""Whether proposals may be sent, and what each then costs: for many at once, with their jobs locked.

All that is asked of the database is asked for all of them together, so that a hundred proposals take as
many statements as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from connects.acts.accounts.team import member_of
from connects.acts.proposals.limit_spending import over_limit
from connects.acts.proposals.submission import Submission
from connects.bootstrap.journals import journal
from connects.journal.post import Journal
from connects.market.by_lists import Row
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job
from connects.market.jobs.prices import connects_asked, fixed_connects
from connects.market.many_rows import new_row
from connects.market.members.selectors import Terms, terms_asked, terms_told
from connects.market.people.models import TeamMembership
from connects.market.people.own_accounts import OWN_ACCOUNT
from connects.market.proposals.asking import asking_problem
from connects.market.proposals.many_ties import Known, Pair, locked_pairs
from connects.market.proposals.models import Proposal
from connects.market.proposals.own_prices import sent_by, standing
from connects.market.proposals.sending_again import may_send_again
from connects.movements.party import Party
from connects.pricing.concessions import Standing, for_proposer
from connects.pricing.quote import Price
from connects.vocabulary.amounts import Connects
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed
from connects.vocabulary.typed_input import key_reused


class Checked(NamedTuple):
    """A proposal that may be sent: it is not saved, and nothing is paid. Its job is locked.

    `is_again`: one that the account had sent to this job was withdrawn.
    """

    submission: Submission
    terms: Terms
    proposal: Proposal
    already_proposed: bool
    is_again: bool = False

    @property
    def party(self) -> Party:
        return self.terms.party


@dataclass(frozen=True, slots=True)
class Later:
    """It depends on what comes of another one of these, and is to be checked after that."""


Answer = Checked | Proposal | Refused | Later


@dataclass(frozen=True, slots=True)
class Round:
    """What came of the check of each, and the journal that holds their wallets where one must."""

    ledger: Journal
    answers: list[Answer]


def check_round(asked: Sequence[Submission], now: datetime) -> Round:
    """Lock the jobs, and see which may be proposed to, by whom, and for how much.

    Where a key was used, the answer is the proposal of that time.
    """
    # Jobs are locked before wallets, here and when a job ends; see docs/locking.md.
    accounts = [each.account for each in asked]
    known, (told_terms, told_prices) = locked_pairs(
        [_pair(each) for each in asked],
        terms_asked(accounts),
        connects_asked(sorted({each.job for each in asked})),
    )
    terms = terms_told(accounts, told_terms, now)
    teams = _teams(asked, now)
    ledger = journal()
    if any(_must_hold(each, terms[each.account.id]) for each in asked):
        # Two proposals at once must not both find room under one limit, or be the last of the first.
        ledger = ledger.holding(sorted(terms))
    sent = sent_by({account: each.party.book for account, each in terms.items()})
    prices = _prices(asked, known, terms, told_prices, now)
    check = _Check(terms, teams, sent, prices, _sent_before(asked, known), now)
    answers = [check.answer(each, met) for each, met in zip(asked, known, strict=True)]
    return Round(ledger, answers)


def _pair(asked: Submission) -> Pair:
    form = asked.form
    sender = None if form.agency is None else asked.sender
    return Pair(asked.job, asked.account, form.key, sender, asked.member)


def _teams(
    asked: Sequence[Submission], now: datetime
) -> dict[tuple[int, int], TeamMembership | None]:
    """The senders' memberships of their agencies, locked; those who send for themselves have none."""
    by_agency = sorted(
        (each for each in asked if each.form.agency is not None), key=lambda each: each.account.id
    )
    return {
        (each.account.id, each.sender.id): member_of(each.account, each.sender, now)
        for each in by_agency
    }


def _must_hold(asked: Submission, terms: Terms) -> bool:
    counts = terms.party.book.free.newcomers is not None
    return counts or asked.account.spends_most is not None or asked.form.agency is not None


def _prices(
    asked: Sequence[Submission],
    known: Sequence[Known],
    terms: Mapping[int, Terms],
    told: Sequence[Row],
    now: datetime,
) -> dict[tuple[str, int], Connects]:
    """What the card asks, by the digest of the rule book and the job."""
    books = {each.party.book.digest: each.party.book for each in terms.values()}
    pairs = {
        (terms[each.account.id].party.book.digest, each.job): met.ties.job
        for each, met in zip(asked, known, strict=True)
    }
    return fixed_connects(pairs, books, told, now)


def _sent_before(
    asked: Sequence[Submission], known: Sequence[Known]
) -> dict[tuple[int, str], Proposal]:
    """The proposals that keys were used for, by their accounts and keys; with one query at most."""
    keys = {
        (each.account.id, each.form.key)
        for each, met in zip(asked, known, strict=True)
        for sent in met.earlier
        if sent.key == each.form.key
    }
    if not keys:
        return {}
    accounts, names = {account for account, _ in keys}, {key for _, key in keys}
    rows = Proposal.objects.filter(account__in=accounts, key__in=names)
    return {(row.account_id, row.key): row for row in rows}


class _Check:
    """Answers one after another; what was answered before is remembered."""

    def __init__(
        self,
        terms: Mapping[int, Terms],
        teams: Mapping[tuple[int, int], TeamMembership | None],
        sent: Mapping[int, int],
        prices: Mapping[tuple[str, int], Connects],
        before: Mapping[tuple[int, str], Proposal],
        now: datetime,
    ) -> None:
        self._terms, self._teams, self._sent, self._prices = terms, teams, sent, prices
        self._before, self._now = before, now
        self._met: set[object] = set()
        self._put_off: set[int] = set()

    def answer(self, asked: Submission, known: Known) -> Answer:
        terms = self._terms[asked.account.id]
        if self._depends(asked, known, terms):
            return Later()
        return self._before_price(asked, known, terms) or self._priced(asked, known, terms)

    def _depends(self, asked: Submission, known: Known, terms: Terms) -> bool:
        """Whether an earlier one of these may change what this one is answered."""
        account, job = asked.account.id, asked.job
        marks: set[object] = {(account, job), (account, asked.form.key)}
        if _must_hold(asked, terms):
            marks.add(account)
        if _counts_proposals(known, terms):
            marks.add(f"job:{job}")
        is_later = account in self._put_off or not self._met.isdisjoint(marks)
        self._met |= marks | {account, f"job:{job}"}
        if is_later:
            # What a wallet pays for, it pays in the order in which it was asked.
            self._put_off.add(account)
        return is_later

    def _before_price(
        self, asked: Submission, known: Known, terms: Terms
    ) -> Proposal | Refused | None:
        account, form = asked.account, asked.form
        if account.kind == AccountKind.AGENCY and terms.is_frozen:
            return not_allowed(Problem.FROZEN)
        for each in known.earlier:
            if each.key == form.key and each.job == asked.job:
                return self._before[account.id, form.key]
            if each.key == form.key:
                return key_reused(form.key)
        if form.agency is not None and self._teams[account.id, asked.sender.id] is None:
            return Refused(RefusalCode.NOT_MEMBER, {"agency": host_id(form.agency)})
        return OWN_ACCOUNT if known.ties.is_own else None

    def _priced(self, asked: Submission, known: Known, terms: Terms) -> Checked | Refused:
        account, form, ties = asked.account, asked.form, known.ties
        book = terms.party.book
        stands = standing(self._sent[account.id], ties, book)
        card = Price(self._prices[book.digest, asked.job], "", 0, ())
        price = for_proposer(card, book.free, stands)
        connects = price.connects if form.quoted is None else min(price.connects, form.quoted)
        team = self._teams.get((account.id, asked.sender.id))
        refused = (
            asking_problem(form.asking, JobKind(ties.job.kind))
            or _closed_to(ties.job, terms.party, stands)
            or over_limit(account, team, connects, self._now)
        )
        if refused is not None:
            return refused
        sent = [each for each in known.earlier if each.job == asked.job]
        is_again = bool(sent) and may_send_again(sent, book)
        proposal = _unsent(asked, ties.job, self._now)
        proposal.paid, proposal.rule_book = connects, book.label
        already = (bool(sent) and not is_again) or ties.reserved
        return Checked(asked, terms, proposal, already, is_again)


def _unsent(asked: Submission, job: Job, now: datetime) -> Proposal:
    """The proposal as a row that is not saved, before it has a price."""
    form, asking = asked.form, asked.form.asking
    own = {"job_id": job.id, "account_id": asked.account.id, "submitted": now}
    row = new_row(Proposal, own, job=job, account=asked.account)
    row.key, row.external_id = form.key, form.external_id
    row.sent_fields = None if form.sent_fields is None else dict(form.sent_fields)
    row.cover_letter = form.cover_letter
    row.price_cents, row.hourly_cents = asking.price_cents, asking.hourly_cents
    row.days, row.revision = asking.days, job.revision
    if form.agency is not None:
        row.for_agency_by = asked.sender
    if asked.member is not None:
        row.member = asked.member
    return row


def _counts_proposals(known: Known, terms: Terms) -> bool:
    """Whether it matters how many proposals the job has."""
    book = terms.party.book
    has_cap = book.posts is not None and book.posts.asks_from_proposals is not None
    return has_cap or (book.free.first_proposal and not known.ties.proposals)


def _closed_to(job: Job, party: Party, standing: Standing) -> Refused | None:
    """Whether the job accepts this proposer: its cloud, and its client's wish for no more."""
    if job.cloud_id is not None and not standing.in_cloud:
        return Refused(RefusalCode.NOT_MEMBER, {"job": host_id(job)})
    if standing.invited or job.takes_more:
        return None
    cap = party.book.posts.asks_from_proposals if party.book.posts else None
    if cap is not None and job.proposal_count >= cap:
        return not_allowed(Problem.SOFT_CAP, proposals=cap)
    return None
