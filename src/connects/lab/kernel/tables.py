"""A rule book as tables, made by asking it.

Nothing of a rule is written here: every number is an answer of the pure functions that the site asks,
for every kind of post, balance of a client's record and standing of a proposer that the market knows.
A clause that the market cannot play is refused by name. The first axis of every table is the rule book,
since half of a market may live under another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np

from connects.lab.kernel.columns import NEVER, NONE, Whole
from connects.lab.kernel.state import Real
from connects.lab.kernel.tables_of_accounts import account_tables
from connects.lab.population.posts import Posts
from connects.policy.clause import Terms
from connects.policy.terms import RuleBook
from connects.pricing import reasons
from connects.pricing.concessions import Standing, for_proposer
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import Demand, JobFacts
from connects.vocabulary.refusals import Refused
from connects.vocabulary.returns import ReturnCause, Stage

HIRES = (0, 1, 5, 20)
"""A client's hires, as the market tells them apart: so many at least."""
ENDED_MOST = 60
"""A client's record counts the first so many posts."""
CAUSES = tuple(ReturnCause)
STAGES = tuple(Stage)
DEMAND_STATES = (0, 1_000_000)
"""Demand indices, in thousandths, below and above every threshold."""

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
FLAGS = 17


class NotSimulated(ValueError):
    """A rule book with clauses that the market cannot play."""

    def __init__(self, book: str, clauses: Sequence[str]) -> None:
        super().__init__(f"{book} cannot be simulated. Not simulated: {', '.join(clauses)}.")
        self.clauses = tuple(clauses)


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


def not_simulated(book: RuleBook) -> list[str]:
    """The clauses of a rule book that the market cannot play, by name."""
    found = []
    if any(plan.drip is not None for plan in book.plans):
        found.append("drip plans")
    found += _rewards_not_simulated(book)
    found += [f"the clause {name!r}" for name in _set(book) if name not in KNOWN]
    for name, known in KNOWN_KEYS.items():
        clause = getattr(book, name)
        keys = () if clause is None else _set(clause)
        found += [f"the clause {f'{name}.{key}'!r}" for key in keys if key not in known]
    return found


def _rewards_not_simulated(book: RuleBook) -> list[str]:
    """A reward that is taken back is traced only while its lot can neither end nor be trimmed."""
    reward = book.grants.interview
    if reward is None:
        return []
    found = []
    if reward.vests_after_days:
        found.append("interview rewards that vest later")
    trims = any(plan.rolls_over is not None for plan in book.plans)
    if reward.taken_back_if_returned and trims:
        found.append("interview rewards that are taken back where rollovers are trimmed")
    return found


def _set(terms: Terms) -> list[str]:
    """The keys that say something else than what is so where they are left out."""
    fields = type(terms).model_fields
    return [name for name, field in fields.items() if getattr(terms, name) != field.default]


KNOWN = frozenset(
    "source name version title effective currency value card free bundles plans cycles grants"
    " limits expiry returns posts payment rollout digest".split()
)
"""The clauses that are played, and those of what does not happen in the market (payment, rollout)."""

KNOWN_KEYS = {
    "free": frozenset(
        "source invitations private_cloud first_proposal newcomers client_record".split()
    ),
    "grants": frozenset("source signup badges interview".split()),
    "limits": frozenset("source balance counts_plan_connects trims_bought".split()),
    "expiry": frozenset("source years notice_days".split()),
    "bundles": frozenset("source offers price_per_connect paid_plans_only".split()),
    "returns": frozenset(
        "source grace_days closed_without_hire closed_after_hire removed_for_terms never_closed"
        " client_suspended unread invited_later withdrawn closed_late"
        " removed_after_withdrawal".split()
    ),
    "posts": frozenset(
        "source silent_after_days reminders_after_days reopen_within_days expires_after_days"
        " asks_from_proposals".split()
    ),
}
"""Their keys. One that is not here is refused, so that no new rule is quietly left out."""


def tables_of(books: Sequence[RuleBook], posts: Posts, start: date, days: int) -> Tables:
    """The tables of these rule books for so many days. Raises NotSimulated."""
    for book in books:
        clauses = not_simulated(book)
        if clauses:
            raise NotSimulated(book.label, clauses)
    begin = datetime.combine(start, time(), tzinfo=UTC)
    prices = [_prices(book, posts) for book in books]
    most = max(int(each.max()) for each in prices)
    accounts = account_tables(books, begin, days)
    return Tables(
        base=np.stack(prices),
        recorded=np.stack([_recorded(book, posts, most) for book in books]),
        off=np.stack([_off(book, posts) for book in books]),
        charged=_stacked([_charged(book, most) for book in books]),
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


def market_facts(facts: JobFacts, hires: int, left_open: int = 0, ended: int = 0) -> JobFacts:
    """The facts of a post whose client has hired so often, and left so many posts open."""
    return replace(
        facts,
        client_hires=hires,
        client_spend_cents=hires * 200_00,
        client_reviews=hires,
        client_rating_hundredths=480 if hires else 0,
        client_left_open=left_open,
        client_posts_ended=ended,
    )


def asked(facts: JobFacts, book: RuleBook, demand: int | Demand) -> Price:
    """The price, as the site asks for it. What the posts of a market say can always be meant."""
    told = Demand(index_thousandths=demand) if isinstance(demand, int) else demand
    found = price(facts, book, told)
    if isinstance(found, Refused):
        raise NotSimulated(book.label, [f"a post whose price is refused ({found.code})"])
    return found


def _prices(book: RuleBook, posts: Posts) -> Whole:
    return np.array(
        [
            [
                [asked(market_facts(kind.facts, hires), book, index).connects for hires in HIRES]
                for index in DEMAND_STATES
            ]
            for kind in posts.kinds
        ],
        dtype=np.int64,
    )


def _off(book: RuleBook, posts: Posts) -> Whole:
    """How many percent a client's record takes off, as the price's reasons say it."""
    found = np.zeros((ENDED_MOST + 1, ENDED_MOST + 1), dtype=np.int64)
    if book.free.client_record is None:
        return found
    facts = posts.kinds[0].facts
    for ended in range(1, ENDED_MOST + 1):
        for left in range(ended + 1):
            told = asked(market_facts(facts, 0, left, ended), book, 0).reasons
            percents = [r.parameters["percent"] for r in told if r.code == reasons.CLIENT_RECORD]
            found[left, ended] = int(percents[0] or 0) if percents else 0
    return found


def _recorded(book: RuleBook, posts: Posts, most: int) -> Whole:
    """What is left of each price after so many percent; asked of a post that has that price."""
    found = np.tile(np.arange(most + 1, dtype=np.int64)[:, None], (1, 101))
    if book.free.client_record is None:
        return found
    by_price = {
        asked(market_facts(kind.facts, hires), book, index).connects: (kind.facts, hires, index)
        for kind in posts.kinds
        for hires in HIRES
        for index in DEMAND_STATES
    }
    by_percent: dict[int, tuple[int, int]] = {}
    off = _off(book, posts)
    for ended in range(1, ENDED_MOST + 1):
        for left in range(ended + 1):
            by_percent.setdefault(int(off[left, ended]), (left, ended))
    for connects, (facts, hires, index) in by_price.items():
        for percent, (left, ended) in by_percent.items():
            asks = market_facts(facts, hires, left, ended)
            found[connects, percent] = asked(asks, book, index).connects
    return found


def _charged(book: RuleBook, most: int) -> Whole:
    """What a proposer pays of each price: by proposals sent, first to the job or not, invited or not."""
    newcomers = book.free.newcomers
    sent_most = 0 if newcomers is None else newcomers.proposals
    return np.array(
        [
            [
                [
                    [
                        for_proposer(
                            Price(connects, "", 0, ()),
                            book.free,
                            Standing(sent, to_job, invited=invited),
                        ).connects
                        for invited in (False, True)
                    ]
                    for to_job in (0, 1)
                ]
                for sent in range(sent_most + 1)
            ]
            for connects in range(most + 1)
        ],
        dtype=np.int64,
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
        found.append(NEVER if expires is None else (expires - begin).days)
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
