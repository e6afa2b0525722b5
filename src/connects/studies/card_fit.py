"""Fitting a price card to a history of posts and to what it is meant to reach.

How proposals answer to a price is an elasticity, measured elsewhere (`elasticity.py`) or assumed:
proposals to a post change with the price to the power of minus it, from what the post had under the
base card. Everything else is counted. A card is a list of values up to which a price holds; sums over
the posts in the order of their value make each card cost as little to judge as it has bands, so
thousands are tried.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise

from connects.vocabulary.amounts import Cents, Connects

ELASTICITY = 0.3
MIDDLE_CENTS = 500_00
POWERS = tuple(power / 20 for power in range(5, 16))
MIDDLE_PRICES = tuple(price / 4 for price in range(4, 41))
MOST_PRICES = (8, 12, 16, 24)
BAND_PRICES = (1, 2, 3, 4, 5, 6, 8, 10, 12)
BAND_EDGES = (2000, 5000, 10000, 20000, 30000, 50000, 60000, 100000, 200000, 500000, 1000000)
OPEN = 10**18
SHARES_OF_REVENUE = tuple(range(50, 160, 10))


@dataclass(frozen=True, slots=True)
class PastPost:
    """A post as it was: its value, its price under the base card, its proposals, and who goes for it.

    `value_cents` is what the card prices it by, `worth_cents` what the burden is a share of (the same
    where it is left out). `newcomers` says that it is one that newcomers propose to; `proposals` may be
    a typical number. The words are those that it is grouped by.
    """

    value_cents: Cents
    connects: Connects
    proposals: float
    newcomers: bool
    worth_cents: Cents | None = None
    kind: str = ""
    level: str = ""
    category: str = ""

    @property
    def worth(self) -> Cents:
        return self.value_cents if self.worth_cents is None else self.worth_cents


@dataclass(frozen=True, slots=True)
class Step:
    """Up to this value, in cents, a proposal costs so many Connects. The last step is open."""

    up_to: Cents
    connects: Connects


Card = tuple[Step, ...]


def card_price(card: Card, value_cents: Cents) -> Connects:
    """What a proposal to a job of this value costs by the card."""
    return next(step.connects for step in card if value_cents <= step.up_to)


def within_step(cards: Iterable[Card], most: Connects) -> Iterator[Card]:
    """Those cards in which no band costs over so many Connects more than the one below it."""
    for card in cards:
        if all(after.connects - before.connects <= most for before, after in pairwise(card)):
            yield card


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a card comes to: proposals and cents of revenue a post; newcomers' mean share in percent."""

    proposals: float
    revenue: float
    burden: float


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets that a card should reach. Revenue is a percentage of the base card's."""

    revenue_percent: float = 100.0
    burden_percent: float | None = None
    proposals_most: float | None = None

    def missed_by(self, outcome: Outcome, base: Outcome) -> float:
        """By how much, relatively, the targets are missed in all; 0 where they are met."""
        wanted = base.revenue * self.revenue_percent / 100
        misses = [1 - outcome.revenue / wanted if wanted else 0.0]
        if self.burden_percent is not None:
            misses.append(outcome.burden / self.burden_percent - 1)
        if self.proposals_most is not None:
            misses.append(outcome.proposals / self.proposals_most - 1)
        return sum(max(miss, 0.0) for miss in misses)


class History:
    """Posts in the order of their value, summed up."""

    def __init__(self, posts: Sequence[PastPost], credit: float, elasticity: float) -> None:
        """`credit` is what a Connect costs, in cents. Raises ValueError where no post has a value."""
        valued = (p for p in posts if p.value_cents > 0 and p.worth > 0)
        ordered = sorted(valued, key=lambda post: post.value_cents)
        if not ordered:
            raise ValueError("no post has a value")
        self.values = [post.value_cents for post in ordered]
        self.newcomers = sum(post.newcomers for post in ordered)
        self.credit, self.elasticity = credit, elasticity
        pulls = (post.proposals * max(post.connects, 1) ** elasticity for post in ordered)
        self._pulls = [0.0, *accumulate(pulls)]
        shares = (post.newcomers / post.worth for post in ordered)
        self._shares = [0.0, *accumulate(shares)]
        self.base = self._base(ordered)
        costs = (post.connects for post in reversed(ordered))
        self._least_from = [*accumulate(costs, min)][::-1]

    def _base(self, posts: Sequence[PastPost]) -> Outcome:
        count = len(posts)
        revenue = sum(post.proposals * post.connects for post in posts) * self.credit / count
        shares = sum(post.connects / post.worth for post in posts if post.newcomers)
        burden = 100 * self.credit * shares / max(self.newcomers, 1)
        return Outcome(sum(post.proposals for post in posts) / count, revenue, burden)

    def rises_within(self, card: Card, most: Connects) -> bool:
        """Whether no post costs over so many Connects more by the card than by the base's.

        A card's prices rise with the value, so each step need only be held against the least that any
        post of its value or above cost.
        """
        begin = 0
        for step in card:
            end = bisect_right(self.values, step.up_to)
            if end > begin and step.connects - self._least_from[begin] > most:
                return False
            begin = end
        return True

    def outcome(self, card: Card) -> Outcome:
        """What the card comes to over these posts, under the assumed elasticity."""
        proposals = revenue = shares = 0.0
        begin = 0
        for step in card:
            end = bisect_right(self.values, step.up_to)
            price = max(step.connects, 1)
            drawn = (self._pulls[end] - self._pulls[begin]) * price**-self.elasticity
            proposals += drawn
            revenue += drawn * step.connects * self.credit
            shares += (self._shares[end] - self._shares[begin]) * step.connects
            begin = end
        count = len(self.values)
        burden = 100 * self.credit * shares / max(self.newcomers, 1)
        return Outcome(proposals / count, revenue / count, burden)


@dataclass(frozen=True, slots=True)
class Fit:
    """The card that was chosen. `frontier` has, for a share of the base's revenue, the least burden."""

    card: Card
    outcome: Outcome
    base: Outcome
    is_met: bool
    tried: int
    frontier: tuple[tuple[int, Card, Outcome], ...]


def fit(history: History, cards: Iterator[Card], targets: Targets) -> Fit:
    """The card that meets the targets with the least burden on newcomers, or misses them least.

    Raises ValueError where there is no card to try.
    """
    best: tuple[float, float, Card, Outcome] | None = None
    frontier: dict[int, tuple[Card, Outcome]] = {}
    tried = 0
    for card in cards:
        tried += 1
        outcome = history.outcome(card)
        key = (round(targets.missed_by(outcome, history.base), 9), outcome.burden)
        if best is None or key < best[:2]:
            best = (*key, card, outcome)
        _note(frontier, card, outcome, history.base)
    if best is None:
        raise ValueError("no card that was tried keeps to the limits on steps and rises")
    missed, _, card, outcome = best
    line = tuple((share, *frontier[share]) for share in SHARES_OF_REVENUE if share in frontier)
    return Fit(card, outcome, history.base, missed == 0, tried, line)


def _note(
    frontier: dict[int, tuple[Card, Outcome]], card: Card, outcome: Outcome, base: Outcome
) -> None:
    for share in SHARES_OF_REVENUE:
        if outcome.revenue * 100 < base.revenue * share:
            return
        if share not in frontier or outcome.burden < frontier[share][1].burden:
            frontier[share] = (card, outcome)


def progressive_cards() -> Iterator[Card]:
    """Prices that grow with a power of the value, from 1 up to a most (docs/rules.md 4.6)."""
    for power in POWERS:
        for middle in MIDDLE_PRICES:
            for most in MOST_PRICES:
                yield progressive_card(power, middle, most)


def progressive_card(power: float, middle: float, most: Connects) -> Card:
    """A price for each value: `middle` Connects at $500, growing with its power; edges are round."""
    steps: list[Step] = []
    for connects in range(1, most):
        edge = rounded(MIDDLE_CENTS * (connects / middle) ** (1 / power))
        if not steps or edge > steps[-1].up_to:
            steps.append(Step(edge, connects))
        else:
            steps[-1] = Step(edge, connects)
    return (*steps, Step(OPEN, most))


def rounded(cents: float) -> Cents:
    """Two digits that say something, and whole dollars: an edge that people can remember."""
    dollars = max(cents / 100, 1.0)
    scale: int = 10 ** max(math.floor(math.log10(dollars)) - 1, 0)
    return int(round(dollars / scale) * scale * 100)


def band_cards(bands: int) -> Iterator[Card]:
    """So many bands with rising prices between round values."""
    for prices in combinations(BAND_PRICES, bands):
        for edges in combinations(BAND_EDGES, bands - 1):
            yield tuple(map(Step, (*edges, OPEN), prices))
