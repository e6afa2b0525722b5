"""How posts end under a rule book: what people did stays, what the system did follows the rules anew."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from connects.lab.kernel.columns import NEVER
from connects.lab.kernel.tables import CAUSES
from connects.lab.replay.reading.columns import PROPOSED, STATUSES, Column, Table
from connects.lab.replay.record import Record
from connects.policy.terms import RuleBook
from connects.vocabulary.returns import ReturnCause

DAY = 86_400_000_000
CLOSED, REMOVED, VOID = (STATUSES.index(word) for word in ("closed", "removed", "void"))
HIRED = PROPOSED.index("hired")


class Endings(NamedTuple):
    """When each post ends (NEVER: it does not), and the cause's place in `CAUSES`."""

    at: Column
    cause: Column


def cause_number(cause: ReturnCause) -> int:
    return CAUSES.index(cause)


def endings_of(record: Record, book: RuleBook) -> Endings:
    """The end of every post under this rule book, as far as it lies within what is recorded."""
    posts = record.posts
    hired = posts["filled"] > 0
    is_hired = record.proposals["status"] == HIRED
    hired[record.proposals["post"][is_hired]] = True
    at, cause = _by_people(posts, hired, book)
    rules = book.posts
    if rules is not None and rules.expires_after_days is not None:
        due = posts["posted"] + rules.expires_after_days * DAY
        earlier = due < at
        at = np.where(earlier, due, at)
        expired = np.where(
            hired,
            cause_number(ReturnCause.CLOSED_AFTER_HIRE),
            cause_number(ReturnCause.NEVER_CLOSED),
        )
        cause = np.where(earlier, expired, cause)
    if rules is not None and rules.silent_after_days is not None:
        silent = _silence(record, at, rules.silent_after_days * DAY)
        cause = np.where(silent < at, cause_number(ReturnCause.NEVER_CLOSED), cause)
        at = np.minimum(at, silent)
    return Endings(np.where(at <= record.until, at, NEVER), cause)


def _by_people(posts: Table, hired: Column, book: RuleBook) -> tuple[Column, Column]:
    status = posts["status"]
    closed = (status == CLOSED) & (posts["silent"] == 0)
    by_people = closed | (status == REMOVED) | (status == VOID)
    at = np.where(by_people, posts["ended"], NEVER)
    cause = np.full(len(at), cause_number(ReturnCause.CLOSED_WITHOUT_HIRE))
    late = book.returns.closed_late
    if late is not None:
        is_late = closed & (at - posts["posted"] > late.after_days * DAY)
        cause[is_late] = cause_number(ReturnCause.CLOSED_LATE)
    cause[closed & hired] = cause_number(ReturnCause.CLOSED_AFTER_HIRE)
    cause[status == REMOVED] = cause_number(ReturnCause.REMOVED_FOR_TERMS)
    cause[status == VOID] = cause_number(ReturnCause.CLIENT_SUSPENDED)
    return at, cause


def _silence(record: Record, ends: Column, span: int) -> Column:
    """When each post has been silent for so long: what its client did is known by what is left of it."""
    posts, proposals = record.posts, record.proposals
    everyone = np.arange(len(ends))
    pieces = [(everyone, posts["posted"]), (everyone, posts["active"])]
    for name in ("opened", "engaged"):
        known = proposals[name] < NEVER
        pieces.append((proposals["post"][known], proposals[name][known]))
    pieces.append((everyone, np.minimum(ends, record.until + 1)))
    post = np.concatenate([piece[0] for piece in pieces])
    moment = np.concatenate([piece[1] for piece in pieces])
    order = np.lexsort((moment, post))
    post, moment = post[order], moment[order]
    same = post[1:] == post[:-1]
    silent = same & (moment[1:] - moment[:-1] >= span) & (moment[:-1] < ends[post[:-1]])
    found = np.full(len(ends), NEVER)
    places = np.flatnonzero(silent)[::-1]  # so that the first silence of a post is written last
    found[post[places]] = moment[places] + span
    return found
