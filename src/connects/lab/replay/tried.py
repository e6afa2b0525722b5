"""What a rule book says of all that is recorded, asked once for all wallets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import NEVER, NONE
from connects.lab.kernel.tables import CAUSES, STAGES
from connects.lab.kernel.tables_of_accounts import ACCOUNT_KINDS, offers
from connects.lab.replay.endings import DAY, Endings, cause_number
from connects.lab.replay.machine import Rules
from connects.lab.replay.reading.columns import Column
from connects.lab.replay.record import AT_ONCE, Record, places_in
from connects.policy.terms import RuleBook
from connects.pricing.concessions import Standing, for_proposer
from connects.pricing.quote import Price
from connects.vocabulary.returns import ReturnCause

YOUNG = 300 * DAY
"""How old a reward may be that the arrays take back; an older one may have expired."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule book that is tried on a record: what it says of posts and proposals, asked once for all.

    `price` is what each proposal costs who is no newcomer, `few` a newcomer; `shut` are proposals that
    their posts would not have taken, `before` the withdrawn proposal of the same account to the same
    post, where it matters whether that was free. `invited` is when the account was asked (NEVER: it
    was not).
    """

    record: Record
    book: RuleBook
    rules: Rules
    endings: Endings
    price: Column
    few: Column
    shut: Column
    before: Column
    invited: Column
    answered: Column


def tried_on(record: Record, book: RuleBook, price: Column, endings: Endings, since: int) -> Tried:
    """Ask the rule book what it says of all that is recorded; `price` is the card's of each proposal."""
    proposals, posts = record.proposals, record.posts
    invited = _moments(record, "invitations", "invited")
    is_invited = invited <= proposals["submitted"]
    rank = _rank(record) if _counts_proposals(book) else np.ones(len(price), np.int32)
    in_cloud = posts["cloud"][proposals["post"]] > 0
    ordinary, few, known = price.copy(), price.copy(), np.unique(price)
    for column, sent in ((ordinary, 10**9), (few, 0)):
        for number in (0, 1):
            for asked in (False, True):
                for cloud in (False, True):
                    told = Standing(sent, number, invited=asked, in_cloud=cloud)
                    which = (np.minimum(rank, 1) == number) & (is_invited == asked)
                    _charge(column, which & (in_cloud == cloud), price, known, book, told)
    shut = proposals["submitted"] > endings.at[proposals["post"]]
    cap = book.posts.asks_from_proposals if book.posts else None
    if cap is not None:
        asks = ~is_invited & (posts["takes_more"][proposals["post"]] == 0)
        shut |= asks & (rank >= cap)
    before = _withdrawn_before(record) if book.again_free_if_free else _of_all(NONE, price)
    needs = book.grants.interview is not None and book.grants.interview.needs_answer
    answered = _moments(record, "answers", "answered") if needs else invited
    rules = rules_of(book, int(max(price.max(initial=0), proposals["paid"].max(initial=0))), since)
    return Tried(
        record, book, rules, endings, ordinary, few, shut.astype(np.int8), before, invited, answered
    )


def _counts_proposals(book: RuleBook) -> bool:
    has_cap = book.posts is not None and book.posts.asks_from_proposals is not None
    return has_cap or book.free.first_proposal


def _charge(
    column: Column,
    which: Column,
    price: Column,
    known: Column,
    book: RuleBook,
    standing: Standing,
) -> None:
    """What the rule book asks of proposers of one standing, asked once for each `known` price."""
    found = np.flatnonzero(which)
    if not len(found):
        return
    told = [for_proposer(Price(each, "", 0, ()), book.free, standing).connects for each in known]
    if told != known.tolist():
        column[found] = np.array(told)[np.searchsorted(known, price[found])]


def _rank(record: Record) -> Column:
    """How many proposals each one's post had before it."""
    rows = record.proposals
    order = np.lexsort((rows["submitted"], rows["post"]))
    post = rows["post"][order]
    begins = np.searchsorted(post, post, side="left")
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order)) - begins
    return rank


def _moments(record: Record, table: str, column: str) -> Column:
    """When something happened between each proposal's account and post; NEVER where it did not."""
    rows, told = record.proposals, record.source.read(table)
    if not len(told["post"]):
        return _of_all(NEVER, rows["post"])
    found = np.full(len(rows["post"]), NEVER)
    account = places_in(record.ids, told["account"])
    post = places_in(record.posts["id"], told["post"])
    key = np.where((account < 0) | (post < 0), -1, (account << 32) | post)
    order = np.argsort(key)
    key, moments = key[order], told[column][order]
    for begin in range(0, len(found), AT_ONCE):
        piece = slice(begin, begin + AT_ONCE)
        own = (rows["account"][piece].astype(np.int64) << 32) | rows["post"][piece]
        place = np.minimum(np.searchsorted(key, own), len(key) - 1)
        found[piece] = np.where(key[place] == own, moments[place], NEVER)
    return found


def _of_all(number: int, rows: Column) -> Column:
    """One number for each of the rows, which are many: it is kept once."""
    found: Column = np.broadcast_to(np.int64(number), len(rows))
    return found


def _withdrawn_before(record: Record) -> Column:
    """The proposal of the same account to the same post that came right before, or NONE."""
    rows = record.proposals
    order = np.lexsort((rows["submitted"], rows["post"], rows["account"]))
    account, post = rows["account"][order], rows["post"][order]
    again = (account[1:] == account[:-1]) & (post[1:] == post[:-1])
    found = np.full(len(order), NONE)
    found[order[1:][again]] = order[:-1][again]
    return found


def rules_of(book: RuleBook, most: int, since: int) -> Rules:
    """What the rule book says to all wallets; `most` is the most that a proposal costs."""
    newcomers, reward = book.free.newcomers, book.grants.interview
    terms = np.zeros(k.TERMS, np.int64)
    terms[k.T_NEWCOMER_UNTIL] = 0 if newcomers is None else newcomers.proposals
    terms[k.T_COUNTS_PLAN] = int(book.limits.counts_plan_connects)
    terms[k.T_WITHDRAWN] = cause_number(ReturnCause.WITHDRAWN)
    terms[k.T_REMOVED] = cause_number(ReturnCause.REMOVED_FOR_TERMS)
    terms[k.T_SINCE] = since
    earned = np.zeros((1, 1), np.int64)
    if reward is not None:
        terms[k.T_REWARD_IN] = reward.in_days * DAY
        terms[k.T_REWARD_TAKEN_BACK] = YOUNG if reward.taken_back_if_returned else 0
        given = range(reward.at_most + 1)
        told = [[reward.earned(paid, each) for each in given] for paid in range(most + 1)]
        earned = np.array(told, np.int64)
    back = [
        [book.returns.comes_back(cause, paid, stage) for paid in range(most + 1)]
        for cause in CAUSES
        for stage in STAGES
    ]
    return Rules(terms, np.array(back, np.int64), earned, bundles_of(book))


def bundles_of(book: RuleBook) -> Column:
    """What may be bought, small to large; the last row says how long it lives, in microseconds."""
    sold = [offers(book, kind) for kind in ACCOUNT_KINDS]
    found = np.zeros((2, max(map(len, sold)) + 1, 2), np.int64)
    for kind, each in enumerate(sold):
        if each:
            found[kind, : len(each)] = each
    years = book.expiry.years
    found[:, -1, 0] = NONE if years is None else years * 365 * DAY
    return found
