"""Replay: what is recorded, as it was and under another rule book, mechanically and as people react.

    with database() as source:
        replayed = replay(source, book)
    as_json(replayed)                           # `readings`

First every wallet is played as it was. One that does not come out as it is recorded stops the replay
(`NotReproduced`): what follows would rest on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from connects.lab.behaviour.parameters import Behaviour
from connects.lab.kernel import recorded as k
from connects.lab.kernel.clauses import NotSimulated, not_simulated
from connects.lab.replay.by_ledger import checked, entries_of
from connects.lab.replay.decided import Decided
from connects.lab.replay.endings import DAY, endings_of
from connects.lab.replay.machine import Rules, play
from connects.lab.replay.other import part_of
from connects.lab.replay.own import play_own
from connects.lab.replay.prices import prices_of, prices_of_proposals
from connects.lab.replay.reading.columns import Column, Source, Unusable
from connects.lab.replay.record import Record, recorded
from connects.lab.replay.response import times_sent
from connects.lab.replay.tried import Tried, tried_on
from connects.policy.terms import RuleBook

SEED_MOST = 2**64 - 1
NAMED = 5
"""So many wallets that are not reproduced are named."""
Says = Callable[[str, int], None]


class NotReproduced(ValueError):
    """Wallets that do not come out as they are recorded, each with why."""

    def __init__(self, problems: list[str]) -> None:
        named = "\n".join(problems[:NAMED])
        more = f"\nand {len(problems) - NAMED} more" if len(problems) > NAMED else ""
        super().__init__(
            f"What is recorded is not reproduced. Nothing was replayed.\n{named}{more}"
        )
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: which rule book, over how many of the last days (None: all), with which seed."""

    book: RuleBook
    days: int | None = None
    seed: int = 1
    behaviour: Behaviour = field(default_factory=Behaviour)


@dataclass(frozen=True, slots=True)
class Replayed:
    """Three readings: sums by wallet (`kernel.recorded.SUMS`), in the order of the wallets."""

    record: Record
    wanted: Wanted
    since: int
    own: Column
    mechanical: Column
    behavioural: Column
    by_ledger: int
    others: Column


def silent(told: str, percent: int) -> None:
    """Say nothing of how far a replay has come."""


def require_meant(wanted: Wanted) -> None:
    """Raises NotSimulated, with every clause that cannot be played, or Unusable for the seed."""
    clauses = not_simulated(wanted.book)
    if clauses:
        raise NotSimulated(wanted.book.label, clauses)
    if not 0 <= wanted.seed <= SEED_MOST:
        raise Unusable(f"A seed is a whole number from 0 to {SEED_MOST}.")


def replay(source: Source, wanted: Wanted, says: Says = silent) -> Replayed:
    """Replay all that a source has. Raises NotSimulated, Unusable or NotReproduced."""
    require_meant(wanted)
    record = recorded(source, lambda told: says(told, 0))
    since = 0 if wanted.days is None else record.until - wanted.days * DAY
    own, by_ledger = _own(record, since, says)
    others = _others(record, wanted.book)
    mechanical, behavioural = own.copy(), own.copy()
    if others.any():
        says("pricing posts", 40)
        found = tried(record, wanted.book, since)
        both = _both(found, wanted, own, others, says)
        for low, high, first, second in both:
            mechanical[low:high] = np.where(others[low:high, None], first, mechanical[low:high])
            behavioural[low:high] = np.where(others[low:high, None], second, behavioural[low:high])
    return Replayed(record, wanted, since, own, mechanical, behavioural, by_ledger, others)


def _own(record: Record, since: int, says: Says) -> tuple[Column, int]:
    """Every wallet as it was."""
    sums = np.zeros((len(record.ids), len(k.SUMS)), np.int64)
    problems: list[str] = []
    by_ledger = 0
    for low, high in record.parts:
        says("playing what is recorded", 10 + 30 * low // len(record.ids))
        played = play_own(record, low, high, since)
        sums[low:high] = played.sums
        by_ledger += len(played.by_ledger)
        for w, found in checked(record, played.by_ledger.tolist(), since).items():
            counted = sums[w, [k.PROPOSALS, k.FREE]]
            sums[w] = found.sums
            sums[w, [k.PROPOSALS, k.FREE]] = counted
            if found.problem:
                problems.append(f"{record.wallet_name(w)}: {found.problem}")
        if len(problems) > NAMED:
            break
    if problems:
        raise NotReproduced(problems)
    return sums, by_ledger


def _others(record: Record, book: RuleBook) -> Column:
    """Who does not live under this rule book all along, and so is played anew."""
    enrolments = record.rest["enrolments"]
    elsewhere = enrolments["account"][enrolments["label"] != book.label]
    known = np.isin(record.ids, enrolments["account"])
    found: Column = ~known | np.isin(record.ids, elsewhere)
    return found


def tried(record: Record, book: RuleBook, since: int) -> Tried:
    prices = prices_of(record.source, record.posts, book)
    price = prices_of_proposals(record.posts, record.proposals, prices, record.source, book)
    return tried_on(record, book, price, endings_of(record, book), since)


def _both(
    tried: Tried, wanted: Wanted, own: Column, others: Column, says: Says
) -> Iterator[tuple[int, int, Column, Column]]:
    """Both readings, part by part. What can be expected to come back is seen in the first part."""
    record, expected = tried.record, None
    buyers = (own[:, k.BOUGHT] > 0).astype(np.int8)
    for low, high in record.parts:
        says("playing the other rules", 50 + 50 * low // len(record.ids))
        who = others[low:high]
        if not who.any():
            continue
        first = _played(tried, tried.rules, low, high, None, who)
        if expected is None:
            expected = (_share(own[low:high][who]), _share(first[who]))
        sent = slice(record.proposal_first[low], record.proposal_first[high])
        behaviour, price = wanted.behaviour, tried.price[sent]
        times = times_sent(
            record, sent, price, expected, behaviour, seed=wanted.seed, buyers=buyers
        )
        second = _played(tried, _topping_up(tried.rules), low, high, times, who)
        yield low, high, first, second


def _share(sums: Column) -> float:
    paid = int(sums[:, k.PAID].sum())
    return int(sums[:, k.RETURNED].sum()) / paid if paid else 0.0


def _topping_up(rules: Rules) -> Rules:
    """The same rules, where who lacks Connects and has bought some before buys again."""
    terms = rules.terms.copy()
    terms[k.T_TOPS_UP] = 1
    return rules._replace(terms=terms)


def _played(
    tried: Tried, rules: Rules, low: int, high: int, times: Column | None, others: Column
) -> Column:
    record, part = tried.record, part_of(tried, low, high, times, others)
    outcome = play(part, rules, high - low, record.until)
    left = np.flatnonzero(outcome.status != k.FINE)
    if len(left):
        entries = entries_of(record, (left + low).tolist())
        for w in left.tolist():
            told = {entry.number: entry for entry in entries[w + low]}
            outcome.sums[w] = Decided(part, rules, w, told).play(record.until)
    return outcome.sums


def summed(sums: Column) -> dict[str, Any]:
    """Sums of wallets by their names, and what was spent and not given back."""
    totals = {name: int(total) for name, total in zip(k.SUMS, sums.sum(axis=0), strict=True)}
    return {**totals, "burned": totals["paid"] - totals["returned"]}
