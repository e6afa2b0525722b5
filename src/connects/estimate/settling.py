"""Learning from posts that were set aside: how far trees are trusted, and how wide intervals must be.

Whole estimators were trained without these posts, so what they say of them is as good as what they will
say of new ones. A choice must save the error of several posts to be made: few posts show little, and
what they do not show stays with the medians.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from connects.estimate.estimator import Widening
from connects.estimate.judgement import Guess, Judgement, Opinion
from connects.estimate.medians import GROUPS, Medians
from connects.estimate.offers import LIKENESS_MOST, Closest
from connects.estimate.posts import Post
from connects.vocabulary.amounts import Cents

Numbers = npt.NDArray[np.float64]
Hits = npt.NDArray[np.bool_]

COVERAGE = 0.8
FEWEST_TO_CALIBRATE = 40
STEPS = tuple(step / 10 for step in range(11))
DOUBT = 10.0
"""So many posts' whole error must be saved before trees are trusted fully."""
DOUBT_OF_OFFERS = 2.0
PLAIN = "global"
SURE = 2.0
"""Standard errors by which the medians of groups must be better than one median for all posts."""
FEWEST_TYPICAL = 5
SHARE_TYPICAL = 0.004


@dataclass(frozen=True, slots=True)
class SetAside:
    """What is known of a post that an estimator never saw: its trees' opinion, and its tables'."""

    opinion: Opinion
    closest: Closest | None
    medians: dict[str, float]


def set_aside(post: Post, opinion: Opinion, closest: Closest | None, medians: Medians) -> SetAside:
    """`medians` are of the posts that the estimator learned from."""
    own = {name: math.log(max(medians.of(name, post), 1)) for name in GROUPS}
    return SetAside(opinion, closest, own)


def judgement_of(kept: Sequence[SetAside], amounts: Numbers, edges: tuple[Cents, ...]) -> Judgement:
    """What makes the least error on the posts that were set aside; `amounts` are theirs."""
    grouping = _grouping(kept, amounts)
    ours = np.array([own.opinion.amount for own in kept])
    medians = np.array([own.medians[grouping] for own in kept])
    trust = _best_share(medians, ours, amounts, DOUBT)
    first = trust * ours + (1 - trust) * medians
    likeness = np.array([own.closest.likeness if own.closest else 0 for own in kept])
    offered = np.array([own.closest.amount if own.closest else 0.0 for own in kept])
    shares = [0.0]
    for number in range(1, LIKENESS_MOST + 1):
        own = likeness == number
        shares.append(_best_share(first[own], offered[own], amounts[own], DOUBT_OF_OFFERS))
    return Judgement(tuple(shares), trust, grouping, typical_of(amounts), edges)


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


def _best_share(begin: Numbers, end: Numbers, amounts: Numbers, doubt: float) -> float:
    """How far to go from one guess to the other; none of the way where there is nothing to go by."""
    if not len(amounts):
        return 0.0
    whole = doubt * float(np.abs(begin - amounts).mean())
    costs = {
        share: float(np.abs((1 - share) * begin + share * end - amounts).sum()) + share * whole
        for share in STEPS
    }
    return min(costs, key=lambda share: costs[share])


def typical_of(amounts: Numbers) -> tuple[float, ...]:
    """Logarithms of amounts that many posts state, in rising order."""
    counts = Counter(round(math.exp(amount)) for amount in amounts.tolist())
    fewest = max(FEWEST_TYPICAL, SHARE_TYPICAL * len(amounts))
    return tuple(math.log(cents) for cents, count in sorted(counts.items()) if count >= fewest)


def widening_of(guesses: Sequence[Guess], known: Hits, amounts: Numbers) -> Widening:
    """How far the ends must move to hold 80 % of the posts that were set aside."""
    every = np.ones(len(guesses), dtype=bool)
    groups = [g if g.sum() >= FEWEST_TO_CALIBRATE else every for g in (known, ~known)]
    return Widening(*(_needed(guesses, amounts, group) for group in groups))


def _needed(guesses: Sequence[Guess], amounts: Numbers, group: Hits) -> float:
    """The least widening that holds the share; an end that is held at the amount moves no further."""
    needed: list[float] = []
    for place in np.flatnonzero(group).tolist():
        own, actual = guesses[place], float(amounts[place])
        if actual < own.amount:
            needed.append(own.low - actual)
        else:
            needed.append(-99.0 if actual == own.amount else actual - own.high)
    rank = min(math.ceil(COVERAGE * (len(needed) + 1)), len(needed))
    return sorted(needed)[rank - 1]


def figures_of(
    guesses: Sequence[Guess], known: Hits, widening: Widening, amounts: Numbers
) -> dict[str, float]:
    """What is kept with a model to say how good it is."""
    ends = [
        own.widened(widening.known if is_known else widening.unknown)
        for own, is_known in zip(guesses, known, strict=True)
    ]
    held = [
        own.low <= actual <= own.high for own, actual in zip(ends, amounts.tolist(), strict=True)
    ]
    errors = [abs(own.amount - actual) for own, actual in zip(guesses, amounts, strict=True)]
    return {
        "posts": len(guesses),
        "mae_log": round(float(np.mean(errors)), 4),
        "coverage_80": round(float(np.mean(held)), 4),
    }
