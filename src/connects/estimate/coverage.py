"""Whether intervals hold the share of amounts that they promise, and when to say that they do not."""

from __future__ import annotations

import math
from dataclasses import dataclass

PROMISED = 0.8
FEWEST = 50
"""Under so many posts nothing is said."""
_Z_95 = 1.96
_Z_ALARM = 3.0
"""The figure is looked at again and again, so chance alone must hardly ever raise the alarm."""


def share_interval(hits: int, cases: int, z: float = _Z_95) -> tuple[float, float]:
    """The ends between which a share lies (Wilson); 0 to 1 where there are no cases."""
    if not cases:
        return 0.0, 1.0
    share, square = hits / cases, z * z
    middle = share + square / (2 * cases)
    reach = z * math.sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
    whole = 1 + square / cases
    return max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of so many posts that stated their amount, how many intervals held it."""

    held: int
    posts: int

    @property
    def share(self) -> float:
        return self.held / self.posts if self.posts else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The ends between which the true share lies with a chance of 95 %."""
        return share_interval(self.held, self.posts)

    @property
    def has_drifted(self) -> bool:
        """Whether more or fewer are held than promised, beyond what chance explains."""
        low, high = share_interval(self.held, self.posts, _Z_ALARM)
        return self.posts >= FEWEST and not low <= PROMISED <= high
