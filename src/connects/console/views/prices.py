"""Policy people see what proposals cost as a share of the jobs, and how demand moves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.safestring import SafeString, mark_safe

from connects.acts.jobs.measure_demand import last_readings, readings_since
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.market.jobs.burden import POSTS_MOST, newest_posts_priced
from connects.market.members.editions import known_book, known_names
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.pricing.burden import credit_price
from connects.pricing.burden import fairness as fairness_over
from connects.pricing.demand import AVERAGE_THOUSANDTHS, suggested_weight
from connects.studies.fairness_report import COLUMNS, GROUPINGS, cells, plot, summary
from connects.studies.plots import Line, lines
from connects.vocabulary.typed_input import Typed

DEFAULT_BOOK = "fair-2026"
CHARTED = timedelta(days=90)
CATEGORIES_CHARTED = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One grouping of the report: its title, its plot, its rows."""

    title: str
    plot: SafeString
    rows: tuple[tuple[str, ...], ...]


@for_staff(Act.READ_MARKET)
def fairness(request: HttpRequest, staff: User) -> HttpResponseBase:
    """The burden over the marketplace's newest posts under one rule book."""
    names = known_names()
    name = Typed(request.GET).choice("policy") or DEFAULT_BOOK
    book = known_book(name) if name in names else None
    if book is None:
        raise Http404
    found = fairness_over(newest_posts_priced(book), credit_price(book))
    parts = []
    if found is not None:
        for grouping, title in GROUPINGS.items():
            groups = found.by[grouping]
            drawn = mark_safe(plot(book, grouping, groups))  # noqa: S308 escaped where it is drawn
            parts.append(
                Part(title, drawn, tuple(cells(burden, book.currency) for burden in groups))
            )
    context = {
        "names": names,
        "book": book,
        "posts_most": POSTS_MOST,
        "summary": summary(book, found) if found else "",
        "columns": COLUMNS,
        "parts": parts,
    }
    return staff_page(request, staff, "console/fairness.html", context)


@for_staff(Act.READ_MARKET)
def demand(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Each category's demand now, and how it came there."""
    last = last_readings()
    context = {
        "last": [(reading, reading.index_thousandths / AVERAGE_THOUSANDTHS) for reading in last],
        "weight": suggested_weight([(reading.jobs, reading.proposals) for reading in last]),
        "plot": _series([reading.category for reading in last[:CATEGORIES_CHARTED]]),
        "days": CHARTED.days,
    }
    return staff_page(request, staff, "console/demand.html", context)


def _series(categories: list[str]) -> SafeString:
    """The index by the day: each day's last reading."""
    days: dict[str, dict[int, float]] = defaultdict(dict)
    first = last = None
    for reading in readings_since(clock_now() - CHARTED):
        day = reading.taken.date()
        first, last = first or day, day
        index = reading.index_thousandths / AVERAGE_THOUSANDTHS
        days[reading.category][day.toordinal()] = index
    if first is None or last is None:
        return SafeString()
    rows = [Line(name, sorted(days[name].items())) for name in categories]
    words = (f"{first:%d %b %Y}", f"{last:%d %b %Y}")
    return mark_safe(lines("Demand index by category", rows, words, "1 = average"))  # noqa: S308
