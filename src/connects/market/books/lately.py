"""What the last days of the whole marketplace add up to, for everybody to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, Sum

from connects.market.books.models import DayFigures
from connects.vocabulary.amounts import Connects

DAYS = 28
FEWEST_PROPOSALS = 50
"""Of fewer an average says little."""


@dataclass(frozen=True, slots=True)
class Lately:
    """So many proposals were sent, for so many Connects, and so many came back meanwhile."""

    days: int
    proposals: int
    spent: Connects
    returned: Connects

    @property
    def each(self) -> Connects:
        """What a proposal cost on average, rounded."""
        return round(self.spent / self.proposals)

    @property
    def percent_back(self) -> int:
        return round(100 * self.returned / self.spent) if self.spent else 0


def lately() -> Lately | None:
    """The last days that were counted, added up; None where too little happened."""
    last = DayFigures.objects.aggregate(day=Max("day"))["day"]
    if last is None:
        return None
    rows = DayFigures.objects.filter(day__gt=last - timedelta(days=DAYS))
    sums = rows.aggregate(
        sum_proposals=Sum("proposals"), sum_spent=Sum("spent"), sum_returned=Sum("returned")
    )
    found = Lately(DAYS, sums["sum_proposals"], sums["sum_spent"], sums["sum_returned"])
    return found if found.proposals >= FEWEST_PROPOSALS else None
