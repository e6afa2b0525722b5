"""What is measured of a market, in words: how each measure is called, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from connects.vocabulary.amounts import Money
from connects.wording.figures import decimals


def _percent(number: float) -> str:
    return f"{decimals(100 * number, 1)} %"


def _plain(number: float) -> str:
    return decimals(number, 0 if abs(number) >= 100 else 2)


def _dollars(number: float) -> str:
    return Money(100 * round(number), "USD").whole


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a run. `is_usual` ones are asked for where a study names none.

    `in_percent` is whether its change is said in percent: not where it is about nothing to begin with.
    `is_sum` is whether it is of the whole market and all days that are counted.
    """

    words: str
    written: Callable[[float], str] = _plain
    is_usual: bool = True
    in_percent: bool = True
    is_sum: bool = False

    @property
    def axis(self) -> str:
        """What a plot's axis is called, with its unit."""
        units: dict[Callable[[float], str], str] = {_percent: ", %", _dollars: ", $"}
        return f"{self.words}{units.get(self.written, '')}"

    def plotted(self, number: float) -> float:
        """The number in the axis' unit."""
        return 100 * number if self.written is _percent else number


MEASURES = {
    "hires_per_post": Measure("fill rate (jobs that end with a hire)", _percent),
    "proposals_per_post": Measure("proposals per job"),
    "connects_per_hire": Measure("Connects burned per hire"),
    "days_to_first_proposal": Measure("days to a job's first proposal", in_percent=False),
    "revenue": Measure("revenue from Connects and plans", _dollars, is_sum=True),
    "gini_of_spend": Measure("inequality of what freelancers spend (Gini)"),
    "newcomer_first_hires": Measure("first hires of newcomers", is_sum=True),
    "newcomer_proposals": Measure("proposals by newcomers", is_sum=True),
    "gini_of_hires": Measure("inequality of hires (Gini)", is_usual=False),
    "outside_share": Measure("proposals outside the main skill", _percent, is_usual=False),
    "match_of_hires": Measure("match of those hired, in standard deviations", is_usual=False),
    "level_missed": Measure("distance from the level wanted", is_usual=False),
    "opened_per_hire": Measure("proposals opened per hire", is_usual=False),
    "unpaid": Measure("proposals given up for want of Connects", is_usual=False, is_sum=True),
}
"""In the order in which reports show them."""
