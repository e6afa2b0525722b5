"""The last week's figures against those of the week before, for the first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from connects.console.charts import spark
from connects.market.books.models import DayFigures
from connects.statements.upright_pairs import UprightPair, upright_pairs
from connects.vocabulary.amounts import Money
from connects.wording import dates
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

DAYS = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the week: what it is now, what it was, and a line through the days."""

    label: str
    now: object
    then: object
    difference: int
    change: object
    line: str

    @property
    def percent(self) -> str:
        """By how much it differs from the week before, in percent; "" where that says nothing."""
        before = self.then.cents if isinstance(self.then, Money) else self.then
        if not isinstance(before, int) or before <= 0:
            return ""
        percent = f"{abs(self.difference) * 100 / before:.0f}"
        if self.difference > 0:
            return _("{percent}% more", percent=percent)
        return _("{percent}% less", percent=percent)


@dataclass(frozen=True, slots=True)
class Week:
    """All figures of the week, and its proposals day by day."""

    figures: tuple[Figure, ...]
    bars: tuple[UprightPair, ...]
    first: DayFigures
    last: DayFigures


_CONNECTS: tuple[tuple[str, Callable[[DayFigures], int]], ...] = (
    (mark("Proposals"), lambda day: day.proposals),
    (mark("Connects sold"), lambda day: day.sold),
    (mark("Connects spent"), lambda day: day.spent),
    (mark("Connects that came back"), lambda day: day.returned),
    (mark("Connects that expired"), lambda day: day.expired),
)
_MONEY: tuple[tuple[str, Callable[[DayFigures], int]], ...] = (
    (mark("Revenue"), lambda day: day.revenue_cents),
    (mark("Breakage"), lambda day: day.breakage_cents),
)


def week_of(days: Sequence[DayFigures], *, with_money: bool) -> Week | None:
    """The figures of the last seven of these days and of the seven before; None where there is none."""
    if not days:
        return None
    now, then = days[-DAYS:], days[-2 * DAYS : -DAYS]
    figures = [
        _figure(label, sum(map(of, now)), sum(map(of, then)), [of(day) for day in now])
        for label, of in _CONNECTS
    ]
    if with_money:
        figures += [
            _figure(
                label, sum(map(of, now)), sum(map(of, then)), [of(d) for d in now], now[-1].currency
            )
            for label, of in _MONEY
        ]
        owed = then[-1].liability_cents if then else 0
        each = [day.liability_cents for day in now]
        figures.append(_figure(mark("Owed to members"), each[-1], owed, each, now[-1].currency))
    earlier = {day.day.weekday(): day.proposals for day in then}
    bars = upright_pairs(
        [
            (dates.weekday_name(day.day), earlier.get(day.day.weekday(), 0), day.proposals)
            for day in now
        ]
    )
    return Week(tuple(figures), bars, now[0], now[-1])


def _figure(label: str, now: int, then: int, days: Sequence[int], currency: str = "") -> Figure:
    def said(number: int) -> object:
        return Money(number, currency) if currency else number

    return Figure(label, said(now), said(then), now - then, said(abs(now - then)), spark(days))
