"""Which rule book holds for whom, and what a member's wallet looks like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from connects.actions.party import Party
from connects.bootstrap.journals import journal
from connects.journal.port import HistoryQuery, Record, Totals
from connects.ledger.entries import EntryKind
from connects.ledger.lots import Lot
from connects.market.members.editions import book_of, known_book
from connects.market.members.models import Enrolment
from connects.market.people.models import Account
from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind


def default_rule_book() -> RuleBook:
    """The rule book of the marketplace, for visitors and new accounts."""
    book = known_book(settings.DEFAULT_RULE_BOOK)
    assert book is not None, f"CONNECTS_RULE_BOOK names {settings.DEFAULT_RULE_BOOK}, unknown here"
    return book


def rule_books_of(accounts: Iterable[int], at: datetime) -> dict[int, RuleBook]:
    """The rule book in force for each account at that instant, with one question for all."""
    enrolments = (
        Enrolment.objects.filter(account_id__in=list(accounts), effective__lte=at)
        .select_related("edition")
        .order_by("account_id", "effective", "id")
    )
    return {enrolment.account_id: book_of(enrolment.edition) for enrolment in enrolments}


def rule_book_of(account: Account, at: datetime) -> RuleBook:
    """The rule book in force for one account at that instant."""
    return rule_books_of([account.id], at)[account.id]


def party_of(account: Account, at: datetime) -> Party:
    """An account with a wallet as the actions see it."""
    book = rule_book_of(account, at)
    return Party(account.id, AccountKind(account.kind), book.default_plan, book)


@dataclass(frozen=True, slots=True)
class MembershipView:
    """What the Membership & Connects page says.

    `lots` are those that can still be spent, in burn order; `per_month` is what the plan brings each
    month and `limit` the most that may be held (None: no limit).
    """

    party: Party
    plan_title: str
    per_month: Connects
    balance: Connects
    debt: Connects
    limit: Connects | None
    lots: tuple[Lot, ...]
    totals: dict[EntryKind, Totals]

    @property
    def book(self) -> RuleBook:
        return self.party.book


def membership(account: Account, at: datetime) -> MembershipView:
    """An account's wallet and terms at that instant (of today's journal)."""
    party = party_of(account, at)
    wallet = journal().wallet(account.id)
    lots = tuple(lot for lot in wallet.lots if lot.live_at(at))
    plan = party.book.plan(party.plan)
    return MembershipView(
        party=party,
        plan_title=plan.title,
        per_month=plan.monthly_connects(party.kind),
        balance=sum(lot.credits for lot in lots),
        debt=wallet.debt,
        limit=party.book.limits.balance_of(party.kind),
        lots=lots,
        totals=dict(journal().totals(account.id)),
    )


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Lines newest first; `next_before` is where the following page begins, None on the last."""

    records: tuple[Record, ...]
    next_before: int | None


def history(
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
