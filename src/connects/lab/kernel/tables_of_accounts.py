"""The tables of what accounts get and keep: grants, plans, rollovers, limits, bundles, cycles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import numpy as np

from connects.lab.kernel.columns import NONE, Whole
from connects.movements.billing_cycle import cycle_end
from connects.policy.rollover import kept_at_rollover
from connects.policy.terms import Plan, RuleBook
from connects.vocabulary.parties import AccountKind

ACCOUNT_KINDS = (AccountKind.FREELANCER, AccountKind.AGENCY)
SINGLY_SOLD = (10, 20, 40, 80)
"""Sizes that members choose where Connects are sold one by one."""
FREE, PAID = 0, 1
"""The two plans of the market: the one that everyone begins on, and the cheapest paid one."""


def plans_of(book: RuleBook) -> tuple[Plan, Plan]:
    """The free plan and the cheapest paid one, or the free one twice where none is sold."""
    free = book.plan(book.default_plan)
    paid = [plan for plan in book.plans if plan.price(AccountKind.FREELANCER) > 0]
    kind = AccountKind.FREELANCER
    return free, min(paid, key=lambda plan: plan.price(kind)) if paid else free


def account_tables(books: Sequence[RuleBook], begin: datetime, days: int) -> dict[str, Whole]:
    """By book, plan (free, paid) and kind (freelancer, agency); bundles as (Connects, cents)."""
    return {
        "signup": _whole([[b.grants.signup_connects(k) for k in ACCOUNT_KINDS] for b in books]),
        "monthly": _whole([_by_plan(b, lambda p, k: p.monthly_connects(k)) for b in books]),
        "month_cents": _whole([_by_plan(b, lambda p, k: p.price(k)) for b in books]),
        "keep": _whole([_kept(b) for b in books]),
        "limit": _whole([_limits(b) for b in books]),
        "bundles": _bundles(books),
        "next_cycle": _next_cycles(begin, days),
    }


def _whole(values: object) -> Whole:
    return np.array(values, dtype=np.int64)


def _by_plan(book: RuleBook, ask: Callable[[Plan, AccountKind], int]) -> list[list[int]]:
    return [[ask(plan, kind) for kind in ACCOUNT_KINDS] for plan in plans_of(book)]


def _kept(book: RuleBook) -> list[list[int]]:
    """The most that a cycle of a plan carries into the next one of it."""
    found = [
        [kept_at_rollover(book, kind, plan.name, plan.name) for kind in ACCOUNT_KINDS]
        for plan in plans_of(book)
    ]
    return [[NONE if keep is None else keep for keep in kinds] for kinds in found]


def _limits(book: RuleBook) -> list[list[int]]:
    found = [
        [book.balance_limit(plan.name, kind) for kind in ACCOUNT_KINDS] for plan in plans_of(book)
    ]
    return [[NONE if limit is None else limit for limit in kinds] for kinds in found]


def _bundles(books: Sequence[RuleBook]) -> Whole:
    """What may be bought, by book and kind: (Connects, cents) from small to large, then zeros."""
    offered = [[offers(book, kind) for kind in ACCOUNT_KINDS] for book in books]
    most = max(1, *(len(each) for kinds in offered for each in kinds))
    return _whole(
        [[[*each, *[(0, 0)] * (most - len(each))] for each in kinds] for kinds in offered]
    )


def offers(book: RuleBook, kind: AccountKind) -> list[tuple[int, int]]:
    """What a kind of account may buy: (Connects, cents), from small to large."""
    sizes = {bundle.connects for bundle in book.bundles.offered_to(kind)} or set(SINGLY_SOLD)
    prices = {size: book.bundles.price_of(size, kind) for size in sorted(sizes)}
    return [(size, cents) for size, cents in prices.items() if cents is not None]


def _next_cycles(begin: datetime, days: int) -> Whole:
    """When the cycle that begins on a day ends, by the day of the month that it is anchored on."""
    found = []
    for day_of_month in range(1, 32):
        anchor = datetime(2024, 1, day_of_month, tzinfo=begin.tzinfo)  # a month with all days
        row = []
        for day in range(days):
            start = begin + timedelta(days=day)
            row.append((cycle_end(anchor, start) - begin).days)
        found.append(row)
    return _whole(found)
