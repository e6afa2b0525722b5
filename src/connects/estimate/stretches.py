"""Demand that a platform applied, recovered from its prices: stretches with all prices some steps up.

A platform that moves all prices by a step for a while leaves no note of it. What is left is how far each
real price is off the card, in steps, and the order in which the posts were collected (`batch`). The
method: every batch was shifted by one number of steps, its own posts show that shift but for a share
of errors, and the shift seldom changes from one batch to the next. The most likely sequence of shifts
is found exactly, by dynamic programming (Viterbi): a post off by its batch's shift costs nothing, any
other one a point, and each change of the shift costs as much as a batch of chance would save, the
logarithm of the number of posts (as in the Bayesian information criterion), at least ten.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

LEAST_PENALTY = 10.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Batches `first` to `last`, shifted alike: how many posts, and how many are off by just that."""

    first: int
    last: int
    shift: int
    posts: int
    explained: int


def stretches(batches: Mapping[int, Counter[int]]) -> list[Stretch]:
    """The stretches, in the batches' order; `batches` count posts by how many steps they are off."""
    numbers = sorted(batches)
    shifts = _likeliest([batches[number] for number in numbers])
    found = []
    for shift, run in groupby(zip(numbers, shifts, strict=True), key=lambda pair: pair[1]):
        own = [number for number, _ in run]
        posts = sum(batches[number].total() for number in own)
        explained = sum(batches[number][shift] for number in own)
        found.append(Stretch(own[0], own[-1], shift, posts, explained))
    return found


def _likeliest(counts: Sequence[Counter[int]]) -> list[int]:
    """The cheapest sequence of shifts, one for each batch."""
    states = sorted({off for count in counts for off in count})
    posts = sum(count.total() for count in counts)
    penalty = max(LEAST_PENALTY, math.log(max(posts, 1)))
    costs = dict.fromkeys(states, 0.0)
    came_from: list[dict[int, int]] = []
    for count in counts:
        cheapest = min(states, key=lambda state: (costs[state], abs(state)))
        before = {
            state: state if costs[state] <= costs[cheapest] + penalty else cheapest
            for state in states
        }
        costs = {
            state: costs[before[state]]
            + penalty * (before[state] != state)
            + count.total()
            - count[state]
            for state in states
        }
        came_from.append(before)
    return _walked_back(costs, came_from)


def _walked_back(costs: Mapping[int, float], came_from: Sequence[Mapping[int, int]]) -> list[int]:
    if not came_from:
        return []
    state = min(costs, key=lambda state: (costs[state], abs(state)))
    found = [state]
    for before in reversed(came_from[1:]):
        state = before[state]
        found.append(state)
    return found[::-1]
