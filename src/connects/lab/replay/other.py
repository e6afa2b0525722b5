"""The same people and events under another rule book, as events for the wallets of a range.

What people did stays: proposals, openings, closings, purchases, what staff gave. What rules decide is
asked anew: prices, months, what rolls over, what comes back and when, how silent posts end, and who is
refused.
"""

from __future__ import annotations

import numpy as np

from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import MOST, NONE
from connects.lab.kernel.tables import STAGES
from connects.lab.replay.endings import DAY, HIRED, cause_number
from connects.lab.replay.grants import BOUGHT, grants
from connects.lab.replay.machine import Part, events_of, in_order, no_issues, slots
from connects.lab.replay.reading.columns import PROPOSED, REASONS, Column, Table
from connects.lab.replay.record import Record, kind_number
from connects.lab.replay.terms import Gathered, Terms, expiries
from connects.lab.replay.tried import Tried
from connects.ledger.entries import CHARGES, EntryKind
from connects.vocabulary.returns import ReturnCause, Stage

WITHDRAWN = PROPOSED.index("withdrawn")
WITHDREW, APPEALED = REASONS.index("withdrawn"), REASONS.index("appeal")
UNOPENED, OPENED, ENGAGED = (
    STAGES.index(stage) for stage in (Stage.UNOPENED, Stage.OPENED, Stage.ENGAGED)
)
MINUTE = 60_000_000


def _at_stage(rows: Table, at: Column) -> Column:
    """How far each proposal had got by an instant."""
    found = np.where(rows["opened"] <= at, OPENED, UNOPENED)
    return np.where(rows["engaged"] <= at, ENGAGED, found)


def part_of(tried: Tried, low: int, high: int, times: Column | None, others: Column) -> Part:
    """The events of these wallets; only of `others`, who do not live under this rule book already.

    `times` is how often each of their proposals is sent; None: once.
    """
    record, book = tried.record, tried.book
    terms = Terms(record, book, low, high)
    first, last = int(record.proposal_first[low]), int(record.proposal_first[high])
    rows = {name: column[first:last] for name, column in record.proposals.items()}
    rows["account"] = rows["account"].astype(np.int64) - low
    gathered = Gathered([], [no_issues()])
    _returns(tried, rows, first, gathered)
    known, lines = _recorded(record, low, high)
    grants(terms, known, gathered)
    made = _proposals(tried, rows, first, last, times, gathered)
    _withdrawals(tried, rows, gathered)
    _rewards(tried, terms, rows, first, gathered)
    made = _as_recorded(lines, rows, made, gathered)
    wallet, events = in_order(
        [(who[others[who]], each[others[who]]) for who, each in gathered.pieces]
    )
    people = np.stack([terms.agency, terms.limit, _buyers(known, high - low)], axis=1)
    return Part(wallet, events, np.concatenate(gathered.issues), made, people)


def _buyers(known: Table, count: int) -> Column:
    """Who has ever bought Connects."""
    found = np.zeros(count, np.int64)
    found[known["wallet"][known["origin"] == BOUGHT]] = 1
    return found


def _recorded(record: Record, low: int, high: int) -> tuple[Table, Table]:
    """The lines that issue something, with all that is known of them; and the lines of charges."""
    first, last = record.line_first[low], record.line_first[high]
    lines = {name: column[first:last] for name, column in record.lines.items()}
    lines["wallet"] = lines["wallet"].astype(np.int64)
    key = (lines["wallet"] << 32) | lines["number"]
    whose = record.issues["wallet"]
    begin, end = np.searchsorted(whose, low), np.searchsorted(whose, high)
    known = {name: column[begin:end] for name, column in record.issues.items()}
    place = np.searchsorted(key, (known["wallet"].astype(np.int64) << 32) | known["number"])
    for name in ("effective", "kind", "balance"):
        known[name] = lines[name][place]
    known["wallet"] = known["wallet"].astype(np.int64) - low
    lines["wallet"] = lines["wallet"] - low
    return known, lines


def _proposals(
    tried: Tried, rows: Table, first: int, last: int, times: Column | None, gathered: Gathered
) -> Column:
    made = slots(last - first)
    made[:, k.P_PRICE], made[:, k.P_FEW] = tried.price[first:last], tried.few[first:last]
    made[:, k.P_SHUT] = tried.shut[first:last]
    before = tried.before[first:last]
    made[:, k.P_BEFORE] = np.where(before >= first, before - first, NONE)
    if times is not None:
        made[:, k.P_TIMES] = times
    numbers = np.arange(last - first)
    gathered.pieces.append(events_of(rows["account"], k.PROPOSE, rows["submitted"], numbers))
    return made


def _returns(tried: Tried, rows: Table, first: int, gathered: Gathered) -> None:
    """Everything for which something may come back of a proposal, at its instant."""
    record, returns = tried.record, tried.book.returns
    grace = returns.grace_days * DAY
    ends, cause = tried.endings.at[rows["post"]], tried.endings.cause[rows["post"]]
    withdrawn = rows["status"] == WITHDRAWN

    def add(
        which: Column, at: Column, causes: Column | int, stages: Column | int, graced: int
    ) -> None:
        found = np.flatnonzero(which & (at <= record.until))
        told = np.broadcast_to(np.asarray(causes) * k.STAGE_COUNT + stages, which.shape)[found]
        gathered.pieces.append(
            events_of(rows["account"][found], k.RETURN, at[found], found, told, graced)
        )

    removed = cause_number(ReturnCause.REMOVED_FOR_TERMS)
    shares = rows["status"] != HIRED
    shares &= ~withdrawn | ((cause == removed) & returns.removed_after_withdrawal)
    add(shares, ends, cause, _at_stage(rows, ends), grace)
    if returns.unread is not None:
        due = rows["submitted"] + returns.unread.after_hours * 60 * MINUTE
        waits = (rows["opened"] > due) & (rows["engaged"] > due) & (ends > due) & ~withdrawn
        add(waits, due, cause_number(ReturnCause.UNREAD), UNOPENED, grace)
    if returns.invited_later:
        invited = tried.invited[first : first + len(ends)]
        later = (invited > rows["submitted"]) & (invited < ends)
        number = cause_number(ReturnCause.INVITED_LATER)
        add(later, invited, number, _at_stage(rows, invited), grace)
    granted = np.flatnonzero(rows["reason"] == APPEALED)
    moments = rows["last_return"][granted]
    gathered.pieces.append(
        events_of(rows["account"][granted], k.REST, moments, granted, NONE, grace)
    )


def _withdrawals(tried: Tried, rows: Table, gathered: Gathered) -> None:
    """What comes back to who thinks again, perhaps at the very instant at which they sent it."""
    rule = tried.book.returns.withdrawn
    if rule is None:
        return
    at = rows["last_return"]
    soon = at - rows["submitted"] <= rule.within_minutes * MINUTE
    thought = (rows["status"] == WITHDRAWN) & (rows["reason"] == WITHDREW)
    found = np.flatnonzero(thought & soon & (rows["opened"] > at) & (at <= tried.record.until))
    told = cause_number(ReturnCause.WITHDRAWN) * k.STAGE_COUNT + UNOPENED
    gathered.pieces.append(
        events_of(rows["account"][found], k.RETURN, at[found], found, told, NONE)
    )


def _rewards(tried: Tried, terms: Terms, rows: Table, first: int, gathered: Gathered) -> None:
    reward = tried.book.grants.interview
    if reward is None:
        return
    at = rows["interview"]
    if reward.needs_answer:
        at = np.maximum(at, tried.answered[first : first + len(at)])
    earns = (at <= tried.record.until) & (rows["status"] != WITHDRAWN)
    if reward.client_verified:
        earns &= tried.record.posts["verified"][rows["post"]] > 0
    found = np.flatnonzero(earns)
    wallet, at = rows["account"][found], at[found]
    ends = expiries(tried.book, at)
    gathered.pieces.append(events_of(wallet, k.REWARD, at, found, ends, terms.limit[wallet]))


def _as_recorded(lines: Table, rows: Table, made: Column, gathered: Gathered) -> Column:
    """Charges that were for no proposal, and what staff forgave; and what only the ledger can play."""
    key = (lines["wallet"] << 32) | lines["number"]
    paid = (rows["account"] << 32) | rows["entry"]
    charge = np.isin(lines["kind"], [kind_number(kind) for kind in CHARGES])
    charge[_among(key, paid)] = False
    found = np.flatnonzero(charge)
    extra = slots(len(found))
    amounts = -lines["credits"][found].astype(np.int64)
    numbers = len(made) + np.arange(len(found))
    moments = lines["effective"]
    gathered.pieces.append(
        events_of(lines["wallet"][found], k.CHARGE, moments[found], amounts, numbers)
    )
    for kind, event in (
        (EntryKind.WRITE_OFF, k.WRITE_OFF),
        (EntryKind.HOLD, k.HOLD),
        (EntryKind.RELEASE, k.RELEASE),
        (EntryKind.REVERSE, k.REVERSE),
        (EntryKind.REINSTATE, k.REINSTATE),
        (EntryKind.VOID, k.VOID),
    ):
        at = np.flatnonzero(lines["kind"] == kind_number(kind))
        # The ledger finds what it needs of the line by its number.
        told = MOST if kind is EntryKind.WRITE_OFF else lines["number"][at]
        gathered.pieces.append(events_of(lines["wallet"][at], event, moments[at], told))
    return np.concatenate([made, extra])


def _among(key: Column, wanted: Column) -> Column:
    """Where the wanted stand in a sorted column, those that do."""
    place = np.searchsorted(key, wanted)
    there = place < len(key)
    there[there] = key[place[there]] == wanted[there]
    found: Column = place[there]
    return found
