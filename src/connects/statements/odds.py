"""The odds of a proposal, before it is paid: shares with their sample size and interval, or silence.

A share of few cases says little, so each comes with a Wilson interval of 95 %, and under five cases
nothing is said at all. Integers throughout: percentages are rounded outwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

FEWEST = 5
PERCENT_FROM = 50
# The 97.5 % quantile of the normal distribution, 1.96, in thousandths.
_Z = 1_960


@dataclass(frozen=True, slots=True)
class Odds:
    """`hits` of `cases`; `percent` is None, and so are its bounds, where there are too few."""

    hits: int
    cases: int
    percent: int | None
    low: int | None
    high: int | None

    @property
    def is_few(self) -> bool:
        """Whether people read more from “3 of 13” than from a percentage."""
        return self.cases < PERCENT_FROM


def odds(hits: int, cases: int) -> Odds:
    """The share of `hits` among `cases`, in whole percent, with its interval."""
    if cases < FEWEST:
        return Odds(hits, cases, None, None, None)
    # Wilson: (2np + z² ± z·sqrt(z² + 4np(1−p))) / 2(n + z²), scaled by 10⁶ to stay whole.
    z2 = _Z * _Z
    middle = 2 * hits * 1_000_000 + z2
    width = _Z * isqrt(z2 + 4 * 1_000_000 * hits * (cases - hits) // cases)
    below = 2 * (cases * 1_000_000 + z2)
    low = max(100 * (middle - width) // below, 0)
    high = min(-(-100 * (middle + width) // below), 100)
    return Odds(hits, cases, (200 * hits + cases) // (2 * cases), low, high)
