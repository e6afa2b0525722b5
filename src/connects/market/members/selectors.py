"""The rule book in force for each account, and what a member's wallet looks like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Exists, OuterRef

from connects.bootstrap.journals import journal
from connects.journal.port import HistoryQuery, Record
from connects.ledger.commands import Carried
from connects.ledger.entries import EntryKind
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet
from connects.market.by_lists import Asked, ByLists, Row
from connects.market.grants.models import WaitingConnects
from connects.market.members.editions import book_by_digest
from connects.market.members.models import Enrolment
from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.market.plans.selectors import plan_held
from connects.market.read_once import once, remember
from connects.movements.party import Party
from connects.policy.terms import RuleBook
from connects.statements.rollover import Rollover, rollover_loss
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule book that holds for an account from that instant on."""

    since: datetime
    book: RuleBook


Chain = tuple[InForce, ...]
"""An account's rule books up to an instant, oldest first; the last one is in force."""


def chains_of(accounts: Iterable[int], at: datetime) -> dict[int, Chain]:
    """The rule books of each account up to that instant, with one query for all.

    A page that only reads asks once for the same ones. The first rule book also applies at any earlier
    instant: an account whose registration lies ahead of a clock that was put back keeps its rules.
    """
    asked = tuple(accounts)
    return once(("chains", asked, at), lambda: _chains_of(asked, at))


def _chains_of(accounts: tuple[int, ...], at: datetime) -> dict[int, Chain]:
    rows = (
        Enrolment.objects.filter(account_id__in=accounts)
        .order_by("account_id", "effective", "id")
        .values_list("account_id", "effective", "edition__digest")
    )
    chains: dict[int, list[InForce]] = defaultdict(list)
    for account, since, digest in rows:
        if since <= at or account not in chains:
            chains[account].append(InForce(since, book_by_digest(digest)))
    return {account: tuple(chain) for account, chain in chains.items()}


def rule_books_of(accounts: Iterable[int], at: datetime) -> dict[int, RuleBook]:
    """The rule book in force for each account at that instant, with one query for all."""
    return {account: chain[-1].book for account, chain in chains_of(accounts, at).items()}


def rule_book_of(account: Account, at: datetime) -> RuleBook:
    """The rule book in force for one account at that instant."""
    return rule_books_of([account.pk], at)[account.pk]


def wallet_of(account: int) -> Wallet:
    """An account's wallet; a page that only reads asks for it once."""
    return once(("wallet", account), lambda: journal().wallet(account))


def wallets_of(accounts: Sequence[int]) -> dict[int, Wallet]:
    """The wallets of these accounts, with one query for all; then `wallet_of` need not ask again."""
    found = journal().read(accounts) if accounts else {}
    for number, stored in found.items():
        remember(("wallet", number), stored.wallet)
    return {number: stored.wallet for number, stored in found.items()}


def party_of(account: Account, at: datetime) -> Party:
    """An account with a wallet as the movements see it, with one query."""
    return terms_of([account], at)[account.pk].party


@dataclass(frozen=True, slots=True)
class Terms:
    """An account under its rule book, and what waits for its balance to fall.

    `top_up_below`: where an automatic purchase follows (None: none does); `waits`: Connects that found
    no room under the balance limit wait for it.
    """

    party: Party
    is_frozen: bool
    top_up_below: Connects | None
    waits: bool


def terms_of(accounts: Sequence[Account], at: datetime) -> dict[int, Terms]:
    """The terms of many accounts with wallets at that instant, with one query; a page asks once."""
    kinds = {account.pk: AccountKind(account.kind) for account in accounts}
    return once(("terms", tuple(kinds), at), lambda: _terms(kinds, _TERMS.rows(list(kinds)), at))


def terms_asked(accounts: Sequence[Account]) -> Asked:
    """The query for terms, to be asked together with others."""
    return _TERMS.of(list({account.pk: None for account in accounts}))


def terms_told(accounts: Sequence[Account], rows: Sequence[Row], at: datetime) -> dict[int, Terms]:
    """The terms by what the query told."""
    return _terms({account.pk: AccountKind(account.kind) for account in accounts}, rows, at)


def _terms(kinds: Mapping[int, AccountKind], rows: Sequence[Row], at: datetime) -> dict[int, Terms]:
    in_force: dict[int, tuple[RuleBook, Any]] = {}
    chains: dict[int, list[InForce]] = defaultdict(list)
    for account, effective, digest, *held in rows:
        if effective <= at or account not in in_force:  # as in `chains_of`
            in_force[account] = (book_by_digest(digest), held)
            chains[account].append(InForce(effective, in_force[account][0]))
    remember(("chains", tuple(kinds), at), {n: tuple(chain) for n, chain in chains.items()})
    return {
        account: Terms(
            party_under(book, account, kinds[account], plan),
            frozen is not None,
            top_up_below,
            bool(waits),
        )
        for account, (book, (plan, frozen, top_up_below, waits)) in in_force.items()
    }


_TERMS = ByLists(
    lambda accounts: (
        Enrolment.objects.filter(account__in=accounts)
        .order_by("account_id", "effective", "id")
        .values_list(
            "account_id",
            "effective",
            "edition__digest",
            "account__subscription__plan",
            "account__subscription__frozen",
            "account__top_up__below",
            Exists(
                WaitingConnects.objects.filter(account=OuterRef("account_id"), ended__isnull=True)
            ),
        )
    ),
    int,
)


def party_under(book: RuleBook, account: int, kind: AccountKind, plan: str) -> Party:
    """A party whose plan is one of its rule book's: the one it holds, or the one all begin on."""
    return Party(account, kind, book.plan_or_default(plan).name, book)


def carried_over(chain: Chain, kind: AccountKind, plan: str) -> Carried | None:
    """What protects the Connects that an account held when it moved to its present rule book.

    Of earlier rule books the most generous one counts; None where the account never moved.
    """
    if len(chain) < 2:
        return None
    earlier = [link.book for link in chain[:-1]]
    limits = [book.plan_or_default(plan).rollover(kind) for book in earlier]
    known = [limit for limit in limits if limit is not None]
    return Carried(
        moved=chain[-1].since,
        keep=max(known) if len(known) == len(limits) else None,
        bought_too=all(book.limits.trims_bought for book in earlier),
    )


@dataclass(frozen=True, slots=True)
class MembershipView:
    """What the Membership & Connects page says.

    `lots` are those that can still be spent, in burn order; `per_month` is what the plan brings each
    month and `limit` the most that may be held (None: no limit). `next_title` is the plan that the
    month ends with ("": the same), `rollover_loss` what its end would trim of what is held now.
    """

    party: Party
    plan_title: str
    per_month: Connects
    balance: Connects
    debt: Connects
    held: Connects
    limit: Connects | None
    lots: tuple[Lot, ...]
    subscription: Subscription
    next_title: str
    rollover_loss: Connects

    @property
    def book(self) -> RuleBook:
        return self.party.book

    @property
    def rolls_over(self) -> Connects | None:
        """The most that the plan carries into the next month; None: all."""
        return self.book.plan(self.party.plan).rollover(self.party.kind)


def membership_of(
    account: Account, at: datetime, held: Subscription | None = None
) -> MembershipView:
    """An account's wallet and terms at that instant (of today's journal).

    `held` is its plan, where that was read.
    """
    subscription = plan_held(account.pk) if held is None else held
    chain = chains_of([account.pk], at)[account.pk]
    book = chain[-1].book
    party = party_under(book, account.pk, AccountKind(account.kind), subscription.plan)
    wallet = wallet_of(account.pk)
    lots = tuple(lot for lot in wallet.lots if lot.live_at(at))
    plan = party.book.plan(party.plan)
    return MembershipView(
        party=party,
        plan_title=plan.title,
        per_month=plan.monthly_connects(party.kind),
        balance=sum(lot.credits for lot in lots),
        debt=wallet.debt,
        held=wallet.held,
        limit=party.balance_limit,
        lots=lots,
        subscription=subscription,
        next_title=book.plan_or_default(subscription.next_plan).title
        if subscription.next_plan
        else "",
        rollover_loss=rollover_loss(wallet, next_rollover(chain, party.kind, subscription)),
    )


class _Cycle(Protocol):
    """A subscription, as a row or on its way."""

    plan: str
    next_plan: str
    renews: datetime


def next_rollover(chain: Chain, kind: AccountKind, cycle: _Cycle) -> Rollover:
    """An account's next renewal, under the rule book that holds for it now."""
    book = chain[-1].book
    return Rollover(
        book=book,
        kind=kind,
        ended_plan=book.plan_or_default(cycle.plan).name,
        new_plan=book.plan_or_default(cycle.next_plan or cycle.plan).name,
        when=cycle.renews,
        carried=carried_over(chain, kind, cycle.plan),
    )


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Lines newest first; `next_before` is where the following page begins, None on the last."""

    records: tuple[Record, ...]
    next_before: int | None


def wallet_history(
    account: Account,
    limit: int,
    before: int | None = None,
    kinds: tuple[EntryKind, ...] = (),
) -> HistoryPage:
    """Lines of a wallet's history, newest first."""
    records = tuple(journal().history(HistoryQuery(account.id, limit + 1, before, kinds)))
    if len(records) <= limit:
        return HistoryPage(records, None)
    return HistoryPage(records[:limit], records[limit - 1].entry.number)
