"""Learning from posts that were set aside: how far trees are trusted, and how wide intervals must be.

Whole estimators were trained without these posts, so what they say of them is as good as what they will
say of new ones. A choice must save the error of several posts to be made: few posts show little, and
what they do not show stays with what all sources say together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from connects.estimate.estimator import NO_WIDENING, Thirds, Widening, familiarity
from connects.estimate.judgement import Ends, Guess, Judgement, Opinion
from connects.estimate.medians import GROUPS, Medians
from connects.estimate.offers import LIKENESS_MOST, Closest
from connects.estimate.posts import Post
from connects.estimate.rising import Told
from connects.vocabulary.amounts import Cents

Numbers = npt.NDArray[np.float64]
Hits = npt.NDArray[np.bool_]

COVERAGE = 0.8
FEWEST_TO_CALIBRATE = 40
ROUNDS = 3
STEPS = tuple(step / 10 for step in range(11))
DOUBT = 5.0
"""So many posts' whole error must be saved before a median takes the place of all trees."""
DOUBT_OF_POOL = 10.0
"""So many posts' whole error must be saved to turn from what is expected of the pool to its opposite."""
HALF_WAY_POSTS = 300
DOUBT_OF_OFFERS = 2.0
PLAIN = "global"
SURE = 2.0
"""Standard errors by which the medians of groups must be better than one median for all posts."""
FEWEST_TYPICAL = 5
SHARE_TYPICAL = 0.004


@dataclass(frozen=True, slots=True)
class SetAside:
    """What is known of a post that an estimator never saw: its trees' opinion, and its tables'.

    `pooled` is what all sources together say, which did not see the post either.
    """

    opinion: Opinion
    pooled: Opinion
    closest: Closest | None
    medians: dict[str, float]

    @property
    def is_known(self) -> bool:
        """Whether history knows the client."""
        return self.closest is not None

    @property
    def likeness(self) -> int:
        """How alike the client's closest offer is, 0 where there is none."""
        return self.closest.likeness if self.closest else 0


def set_aside(
    post: Post, opinion: Opinion, pooled: Opinion, closest: Closest | None, medians: Medians
) -> SetAside:
    """`medians` are of the posts that the estimator learned from."""
    own = {name: math.log(max(medians.of(name, post), 1)) for name in GROUPS}
    return SetAside(opinion, pooled, closest, own)


def judgement_of(
    kept: Sequence[SetAside], amounts: Numbers, edges: tuple[Cents, ...], typed: Numbers
) -> Judgement:
    """What makes the least error on the posts that were set aside; `amounts` are theirs.

    `typed` are amounts of many posts, to tell which ones clients type.
    """
    grouping = _grouping(kept, amounts)
    pooled = _shares_of_pool(kept, amounts)
    ours = np.array([own.opinion.mixed(own.pooled, pooled[own.is_known]).amount for own in kept])
    medians = np.array([own.medians[grouping] for own in kept])
    trust = _best_share(medians, ours, amounts, DOUBT, at_first=1.0)
    first = trust * ours + (1 - trust) * medians
    likeness = np.array([own.likeness for own in kept])
    offered = np.array([own.closest.amount if own.closest else 0.0 for own in kept])
    shares = [0.0]
    for number in range(1, LIKENESS_MOST + 1):
        own = likeness == number
        shares.append(_best_share(first[own], offered[own], amounts[own], DOUBT_OF_OFFERS))
    return Judgement(pooled, tuple(shares), trust, grouping, typical_of(typed), edges)


def _shares_of_pool(kept: Sequence[SetAside], amounts: Numbers) -> tuple[float, float]:
    """How much of the pool to mix in, for clients whom history does not know, and for those it does."""
    trees = np.array([own.opinion.amount for own in kept])
    pooled = np.array([own.pooled.amount for own in kept])
    known = np.array([own.is_known for own in kept])
    at_first = _expected_of_pool(len(kept))
    unknown_share, known_share = (
        _best_share(trees[own], pooled[own], amounts[own], DOUBT_OF_POOL, at_first)
        for own in (~known, known)
    )
    return unknown_share, known_share


def _expected_of_pool(posts: int) -> float:
    """How much of the pool is best for a source of so many posts, as far as anyone knows beforehand."""
    return 1 - 0.5 * posts / (posts + HALF_WAY_POSTS)


def _grouping(kept: Sequence[SetAside], amounts: Numbers) -> str:
    """The medians that err least; those of groups only where chance would hardly save so much.

    Medians of a few posts each look good on the few that were set aside, and are worse on others.
    """
    errors = {name: np.abs(amounts - [own.medians[name] for own in kept]) for name in GROUPS}
    chosen = PLAIN
    for name, found in errors.items():
        saved = errors[PLAIN] - found
        sure = saved.mean() > SURE * saved.std() / math.sqrt(len(saved))
        if sure and found.mean() < errors[chosen].mean():
            chosen = name
    return chosen


def _best_share(
    begin: Numbers, end: Numbers, amounts: Numbers, doubt: float, at_first: float = 0.0
) -> float:
    """How far to go from one guess to the other; `at_first` where there is nothing to go by."""
    if not len(amounts):
        return at_first
    whole = doubt * float(np.abs(begin - amounts).mean())
    costs = {
        share: float(np.abs((1 - share) * begin + share * end - amounts).sum())
        + abs(share - at_first) * whole
        for share in STEPS
    }
    return min(costs, key=lambda share: costs[share])


def typical_of(amounts: Numbers) -> tuple[float, ...]:
    """Logarithms of amounts that many posts state, in rising order."""
    counts = Counter(round(math.exp(amount)) for amount in amounts.tolist())
    fewest = max(FEWEST_TYPICAL, SHARE_TYPICAL * len(amounts))
    return tuple(math.log(cents) for cents, count in sorted(counts.items()) if count >= fewest)


def widening_of(told: Sequence[Told], amounts: Numbers) -> Widening:
    """How far the ends must move to hold 80 % of the posts that were set aside.

    Ends are moved before estimates are made to rise, which moves them again; so what is needed is found
    after rising, in a few rounds.
    """
    ours = np.array([own.risen().amount for own in told])
    first, second = (float(cut) for cut in np.quantile(ours, (1 / 3, 2 / 3)))
    thirds = np.digitize(ours, (first, second))
    groups = np.array([familiarity(own.likeness) for own in told])
    found = Widening((first, second), *NO_WIDENING.by_familiarity)
    for _ in range(ROUNDS):
        guesses = [widened(own, found).risen() for own in told]
        found = found.moved(*_needed_by_group(guesses, amounts, thirds, groups))
    return found


def widened(told: Told, by: Widening) -> Told:
    """The same with the ends of all answers moved outwards."""
    answers = tuple(own.widened(by.of(own.guess.amount, own.likeness)) for own in told.answers)
    return replace(told, answers=answers)


def _needed_by_group(
    guesses: Sequence[Guess], amounts: Numbers, thirds: Numbers, groups: Numbers
) -> tuple[Thirds, Thirds, Thirds]:
    """By how well history knows the client.

    A third of the estimates of known clients may hold few posts; what it needs is then drawn to what
    all thirds need.
    """
    every = np.ones(len(guesses), dtype=bool)
    unknown, known, alike = (
        _by_third(guesses, amounts, thirds, g if g.sum() >= FEWEST_TO_CALIBRATE else every)
        for g in (groups == number for number in range(3))
    )
    return unknown, known, alike


def _by_third(guesses: Sequence[Guess], amounts: Numbers, thirds: Numbers, group: Hits) -> Thirds:
    whole = needed_widening(guesses, amounts, group)
    found = []
    for third in range(3):
        own = group & (thirds == third)
        count = int(own.sum())
        apart = needed_widening(guesses, amounts, own) if count else whole
        below, above = (
            (count * one + FEWEST_TO_CALIBRATE * all_) / (count + FEWEST_TO_CALIBRATE)
            for one, all_ in zip(apart, whole, strict=True)
        )
        found.append((below, above))
    low, middle, high = found
    return low, middle, high


def needed_widening(guesses: Sequence[Guess], amounts: Numbers, group: Hits) -> Ends:
    """The least widening that holds the share, with as much missed under an interval as over it.

    An end that is held at the amount moves no further; the other one then misses the rest.
    """
    under: list[float] = []
    over: list[float] = []
    for place in np.flatnonzero(group).tolist():
        own, actual = guesses[place], float(amounts[place])
        under.append(own.low - min(actual, own.amount))
        over.append(max(actual, own.amount) - own.high)
    missed = max(len(under) - math.ceil(COVERAGE * (len(under) + 1)), 0)
    below = sorted(under)[-1 - missed // 2]
    missed_under = sum(distance > below for distance in under)
    return below, sorted(over)[-1 - (missed - missed_under)]


def figures_of(told: Sequence[Told], widening: Widening, amounts: Numbers) -> dict[str, float]:
    """What is kept with a model to say how good it is."""
    guesses = [widened(own, widening).risen() for own in told]
    held = [
        own.low <= actual <= own.high for own, actual in zip(guesses, amounts.tolist(), strict=True)
    ]
    errors = [abs(own.amount - actual) for own, actual in zip(guesses, amounts, strict=True)]
    return {
        "posts": len(guesses),
        "mae_log": round(float(np.mean(errors)), 4),
        "coverage_80": round(float(np.mean(held)), 4),
    }
