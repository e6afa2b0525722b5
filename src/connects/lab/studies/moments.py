"""What real posts looked like, as published figures, and the same figures of a simulated market.

Nothing here is a field experiment: those are what `connects lab check` compares with, and no fit ever
sees them. The shares of posts by their number of proposals are those of posts about a day old, since a
snapshot of older ones would count what came later; simulated ones are counted after a post's first day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from connects.lab.kernel import state as st
from connects.lab.measures import Played
from connects.lab.population.agents import Population
from connects.lab.population.posts import read_posts
from connects.vocabulary.facts import JobKind

MANY = 20
LARGE_DOLLARS = 600
BOUNDS = (5, 10, 15, 20, 50)


@dataclass(frozen=True, slots=True)
class Moment:
    """A figure of real posts, with its standard error and where it is from."""

    name: str
    words: str
    observed: float
    error: float
    source: str


_DAY_OLD = "6,868 posts about a day old on 1, 3 and 6 January 2023; error: between the three days"
MOMENTS = (
    Moment("under_5", "posts with fewer than 5 proposals", 0.136, 0.018, _DAY_OLD),
    Moment("from_5", "posts with 5 to 9", 0.187, 0.021, _DAY_OLD),
    Moment("from_10", "posts with 10 to 14", 0.149, 0.011, _DAY_OLD),
    Moment("from_15", "posts with 15 to 19", 0.116, 0.006, _DAY_OLD),
    Moment("from_20", "posts with 20 to 49", 0.295, 0.026, _DAY_OLD),
    Moment("from_50", "posts with 50 and more", 0.116, 0.028, _DAY_OLD),
    Moment(
        "crowded_if_large",
        "how much more often fixed-price posts of $600 and more have 20 proposals than others",
        1.47,
        0.05,
        "14,709 posts of February and March 2023: 40.8 % against 27.8 %",
    ),
    Moment("invited", "posts with an invitation", 0.363, 0.02, "2,543 posts of March 2025"),
    Moment("hired", "posts with a hire", 0.35, 0.025, "30 to 40 % (Snir & Hitt)"),
)


def moments(played: Played, population: Population) -> dict[str, float]:
    """The same figures of a run."""
    early, posts = played.early, played.posts
    count = max(len(posts), 1)
    tiers = np.bincount(np.searchsorted(BOUNDS, early, side="right"), minlength=6) / count
    kinds = read_posts(population.posts, population.verified_percent).kinds
    is_fixed = np.array([kind.facts.kind is JobKind.FIXED for kind in kinds])
    fixed = is_fixed[posts[:, st.P_TYPE]]
    large = fixed & (played.dollars >= LARGE_DOLLARS)
    found = [
        *(float(share) for share in tiers),
        _share(early[large] >= MANY) / max(_share(early[fixed & ~large] >= MANY), 1 / count),
        _share(posts[:, st.P_INVITED] > 0),
        _share(posts[:, st.P_OUTCOME] == st.HIRED),
    ]
    return {moment.name: value for moment, value in zip(MOMENTS, found, strict=True)}


def _share(chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    return float(chosen.mean()) if len(chosen) else 0.0
