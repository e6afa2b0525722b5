"""What would change a price: the nearest edits by the client that lower or raise it.

Prices jump at few places: at the ends of the card's bands, and between the lengths, hours and levels
that a post can state. Only facts are named: what says no more than was assumed anyway is none. The
hard case is the amount, of which there are millions: only those at a band's end are tried, since the
price is the same all the way between them. Each edit is priced by the very function that prices posts,
so that what is promised here is what would be charged. What history says of the post would move with
its length, hours and level, so these are named only where the price rests on what is stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from connects.policy.terms import RuleBook
from connects.pricing import reasons
from connects.pricing.doubt import DAYS_A_WEEK
from connects.pricing.quote import Price, price
from connects.vocabulary.amounts import Cents, Connects
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    Demand,
    Estimate,
    JobFacts,
    JobKind,
    Level,
    Range,
)
from connects.vocabulary.refusals import Parameter

BUDGET = "state_budget"
RATE = "state_rate"
DURATION = "state_duration"
HOURS = "state_hours"
LEVEL = "state_level"
VERIFY = "verify_payment"
ALL_EDITS = (BUDGET, RATE, DURATION, HOURS, LEVEL, VERIFY)
_READ_BY_HISTORY = frozenset({DURATION, HOURS, LEVEL, VERIFY})
"""What a model of past posts reads of a post beside its texts: with it, the estimate would move."""

DAYS = Range(1, 6)
DURATIONS = (DAYS, UNDER_ONE_MONTH, ONE_TO_THREE_MONTHS, THREE_TO_SIX_MONTHS, OVER_SIX_MONTHS)
WORKLOADS = (UNDER_THIRTY_HOURS, THIRTY_HOURS_OR_MORE)
UNIT: Cents = 1_00


@dataclass(frozen=True, slots=True)
class Edit:
    """Something that the client could say otherwise, and what a proposal would cost then."""

    code: str
    parameters: dict[str, Parameter]
    connects: Connects


@dataclass(frozen=True, slots=True)
class _Try:
    """An edit before it is priced; `distance` tells the nearest of its code."""

    code: str
    parameters: dict[str, Parameter]
    facts: JobFacts
    distance: float


def edits(
    facts: JobFacts, book: RuleBook, demand: Demand, estimate: Estimate | None = None
) -> tuple[Edit, ...]:
    """For each thing that a client can state: the nearest edit that lowers the price, and raises it.

    Empty where nothing would change it, or the facts have no price. Those that lower come first.
    """
    now = price(facts, book, demand, estimate)
    if not isinstance(now, Price):
        return ()
    nearest: dict[tuple[bool, str], tuple[float, Edit]] = {}
    for each in _tries(facts, book, now):
        then = price(each.facts, book, demand, estimate)
        if not isinstance(then, Price) or then.connects == now.connects:
            continue
        if each.code in _READ_BY_HISTORY and (_follows_history(now) or _follows_history(then)):
            continue
        place = (then.connects > now.connects, each.code)
        if place not in nearest or each.distance < nearest[place][0]:
            nearest[place] = (each.distance, Edit(each.code, each.parameters, then.connects))
    order = sorted(nearest, key=lambda place: (place[0], ALL_EDITS.index(place[1])))
    return tuple(nearest[place][1] for place in order)


def _tries(facts: JobFacts, book: RuleBook, now: Price) -> Iterator[_Try]:
    if facts.kind is JobKind.FIXED:
        yield from _budgets(facts, book)
    else:
        yield from _rates(facts, book, now)
    yield from _ranges(facts, book)
    yield from _levels(facts)
    if facts.client_payment_verified is False:
        yield _Try(VERIFY, {}, replace(facts, client_payment_verified=True), 0)


def _follows_history(found: Price) -> bool:
    """Whether the price follows what a model of past posts says of the amount."""
    said = {reason.code for reason in found.reasons}
    estimated = not said.isdisjoint((reasons.VALUE_ESTIMATED, reasons.RATE_ESTIMATED))
    return estimated and reasons.PRICE_FOLLOWS_BUDGET not in said


def _ends(book: RuleBook) -> Iterator[tuple[Cents, bool]]:
    """The first and the last value of each band, and whether it is the first."""
    for band in book.card.bands:
        if band.value is not None:
            yield band.value.least, True
            yield band.value.most, False


def _budgets(facts: JobFacts, book: RuleBook) -> Iterator[_Try]:
    amounts = {_whole(end, up=is_first) for end, is_first in _ends(book)}
    for cents in sorted(amounts - {0}):
        edited = replace(facts, budget_cents=cents)
        distance = abs(cents - (facts.budget_cents or 0))
        yield _Try(BUDGET, {"budget_cents": cents}, edited, distance)


def _rates(facts: JobFacts, book: RuleBook, now: Price) -> Iterator[_Try]:
    """Rates whose value is at a band's end, by how much work the price takes the job for."""
    work = next((r.parameters for r in now.reasons if r.code == reasons.VALUE_FROM_RATE), None)
    if work is None:
        return
    rate, hours, days = (int(work[n] or 1) for n in ("rate_cents", "hours_per_week", "days"))
    for end, is_first in _ends(book):
        exact = (
            -(-end * DAYS_A_WEEK // (hours * days))
            if is_first
            else end * DAYS_A_WEEK // (hours * days)
        )
        cents = _whole(exact, up=is_first)
        if cents:
            edited = replace(facts, hourly_min_cents=cents, hourly_max_cents=cents)
            yield _Try(RATE, {"rate_cents": cents}, edited, abs(cents - rate))


def _whole(cents: Cents, *, up: bool) -> Cents:
    """Whole units of money: clients do not state cents."""
    return -(-cents // UNIT) * UNIT if up else cents // UNIT * UNIT


def _ranges(facts: JobFacts, book: RuleBook) -> Iterator[_Try]:
    assume = book.value.assume
    for span in DURATIONS:
        if facts.duration_days is None and span.holds(assume.days):
            continue
        edited = replace(facts, duration_days=span)
        yield _Try(DURATION, _said(span), edited, _apart(span, facts.duration_days))
    for span in WORKLOADS:
        if facts.hours_per_week is None and span.holds(assume.hours_per_week):
            continue
        edited = replace(facts, hours_per_week=span)
        yield _Try(HOURS, _said(span), edited, _apart(span, facts.hours_per_week))


def _said(span: Range) -> dict[str, Parameter]:
    return {"least": span.least, "most": span.most}


def _apart(span: Range, stated: Range | None) -> float:
    """How far a range is from what is stated; from the shortest where nothing is."""
    return abs(span.least - (stated.least if stated else 0))


def _levels(facts: JobFacts) -> Iterator[_Try]:
    order = list(Level)
    stated = order.index(facts.level) if facts.level else 0
    for place, level in enumerate(order):
        edited = replace(facts, level=level)
        yield _Try(LEVEL, {"level": level.value}, edited, abs(place - stated))
