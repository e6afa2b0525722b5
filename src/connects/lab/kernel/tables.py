"""A rule book as tables, made by asking it.

Nothing of a rule is written here: every number is an answer of the pure functions that the site asks,
for every kind of post, balance of a client's record and standing of a proposer that the market knows.
A clause that the market cannot play is refused by name. The first axis of every table is the rule book,
since half of a market may live under another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np

from connects.lab.kernel.clauses import NotSimulated, not_simulated
from connects.lab.kernel.columns import NEVER_DAY, NONE, Whole
from connects.lab.kernel.state import Real
from connects.lab.kernel.tables_of_accounts import account_tables
from connects.lab.kernel.tables_of_prices import charged, off, prices, recorded
from connects.lab.population.posts import Posts
from connects.policy.terms import RuleBook
from connects.vocabulary.returns import ReturnCause, Stage

CAUSES = tuple(ReturnCause)
STAGES = tuple(Stage)
# What `flags` says of a rule book.
(
    COUNTS_PLAN,
    TRIMS_BOUGHT,
    GRACE,
    UNREAD_DAYS,
    SILENT_DAYS,
    EXPIRES_DAYS,
    ASKS_FROM,
    NEWCOMER_UNTIL,
    USES_RECORD,
    PAID_PLANS_ONLY,
    REWARD_AT_MOST,
    REWARD_DAYS,
    REWARD_NEEDS_ANSWER,
    REWARD_VERIFIED,
    REWARD_VESTS,
    REWARD_TAKEN_BACK,
    LATE_AFTER,
) = range(17)


class Tables(NamedTuple):
    """What one or two rule books say.

    `base[book, kind, demand, hires]` is a price, `recorded[book, price, percent]` what a client's
    record leaves of it, `off[book, left open, ended]` that percent, `charged[book, price, sent, first,
    invited]` what a proposer pays, `back[book, cause, stage, paid]` what comes back. The rest are the
    accounts' (`tables_of_accounts`). `weights` is cumulated; `dollars`, `lasts` and `level` are the
    posts' own, `expected` what freelancers can expect to come back of a Connect.
    """

    base: Whole
    recorded: Whole
    off: Whole
    charged: Whole
    back: Whole
    flags: Whole
    expires: Whole
    signup: Whole
    monthly: Whole
    month_cents: Whole
    keep: Whole
    limit: Whole
    bundles: Whole
    earned: Whole
    next_cycle: Whole
    weights: Real
    dollars: Real
    lasts: Whole
    level: Real
    verified: Whole
    expected: Real


def tables_of(books: Sequence[RuleBook], posts: Posts, start: date, days: int) -> Tables:
    """The tables of these rule books for so many days. Raises NotSimulated."""
    for book in books:
        clauses = not_simulated(book)
        if clauses:
            raise NotSimulated(book.label, clauses)
    begin = datetime.combine(start, time(), tzinfo=UTC)
    base = [prices(book, posts) for book in books]
    most = max(int(each.max()) for each in base)
    accounts = account_tables(books, begin, days)
    return Tables(
        base=np.stack(base),
        recorded=np.stack([recorded(book, posts, most) for book in books]),
        off=np.stack([off(book, posts) for book in books]),
        charged=_stacked([charged(book, most) for book in books]),
        back=np.stack([_back(book, most) for book in books]),
        flags=np.array([_flags(book) for book in books], dtype=np.int64),
        expires=np.stack([_expires(book, begin, days) for book in books]),
        earned=_stacked([_earned(book, most) for book in books]),
        weights=np.cumsum([kind.weight for kind in posts.kinds]),
        dollars=np.array([kind.dollars for kind in posts.kinds]),
        lasts=np.array([kind.days for kind in posts.kinds], dtype=np.int64),
        level=np.array([kind.level for kind in posts.kinds]),
        verified=np.array(
            [kind.facts.client_payment_verified is not False for kind in posts.kinds],
            dtype=np.int64,
        ),
        expected=np.zeros(len(books)),
        **accounts,
    )


def _back(book: RuleBook, most: int) -> Whole:
    return np.array(
        [
            [
                [book.returns.comes_back(cause, paid, stage) for paid in range(most + 1)]
                for stage in STAGES
            ]
            for cause in CAUSES
        ],
        dtype=np.int64,
    )


def _earned(book: RuleBook, most: int) -> Whole:
    """What an interview brings: by what was paid, and what was given in the days before."""
    reward = book.grants.interview
    if reward is None:
        return np.zeros((most + 1, 1), dtype=np.int64)
    return np.array(
        [
            [reward.earned(paid, given) for given in range(reward.at_most + 1)]
            for paid in range(most + 1)
        ],
        dtype=np.int64,
    )


def _expires(book: RuleBook, begin: datetime, days: int) -> Whole:
    found = []
    for day in range(days):
        expires = book.expiry.of_issue(begin + timedelta(days=day))
        found.append(NEVER_DAY if expires is None else (expires - begin).days)
    return np.array(found, dtype=np.int64)


def _flags(book: RuleBook) -> list[int]:
    posts, returns, reward = book.posts, book.returns, book.grants.interview
    silent = posts.silent_after_days if posts else None
    expires = posts.expires_after_days if posts else None
    asks = posts.asks_from_proposals if posts else None
    newcomers = book.free.newcomers
    return [
        int(book.limits.counts_plan_connects),
        int(book.limits.trims_bought),
        returns.grace_days,
        NONE if returns.unread is None else -(-returns.unread.after_hours // 24),
        silent or NONE,
        expires or NONE,
        asks or NONE,
        0 if newcomers is None else newcomers.proposals,
        int(book.free.client_record is not None),
        int(book.bundles.paid_plans_only),
        0 if reward is None else reward.at_most,
        1 if reward is None else reward.in_days,
        int(reward is not None and reward.needs_answer),
        int(reward is not None and reward.client_verified),
        0 if reward is None else reward.vests_after_days,
        int(reward is not None and reward.taken_back_if_returned),
        _late_after(book),
    ]


def _late_after(book: RuleBook) -> int:
    """For how many days closing without a hire is not late."""
    cause = ReturnCause.CLOSED_WITHOUT_HIRE
    days = (
        day for day in range(400) if book.returns.cause_after(cause, timedelta(days=day)) != cause
    )
    return next(days, 10**6) - 1


def _stacked(tables: Sequence[Whole]) -> Whole:
    """Tables of different sizes in one: the last row of each stands for all that follow."""
    shape = tuple(max(sizes) for sizes in zip(*(each.shape for each in tables), strict=True))
    padded = [
        np.pad(each, [(0, to - size) for to, size in zip(shape, each.shape, strict=True)], "edge")
        for each in tables
    ]
    return np.stack(padded)
