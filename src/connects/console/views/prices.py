"""Policy people see what proposals cost as a share of the jobs, and how demand moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.safestring import SafeString, mark_safe

from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.estimates import installed_model
from connects.console.pages import for_staff, staff_page
from connects.market.jobs.burden import POSTS_MOST, newest_posts_priced
from connects.market.jobs.demand import last_readings, readings_since
from connects.market.jobs.estimate_coverage import coverage_words, estimate_coverage
from connects.market.members.editions import known_book, known_names
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.policy.terms import RuleBook
from connects.pricing.burden import Fairness, credit_price
from connects.pricing.burden import fairness as fairness_over
from connects.pricing.demand import AVERAGE_THOUSANDTHS, suggested_weight
from connects.pricing.yardstick import Yardstick
from connects.studies.fairness_report import BOOK_COLUMNS, COLUMNS, GROUPINGS, cells, plot, summary
from connects.studies.plots import Line, lines
from connects.vocabulary.typed_input import Typed
from connects.wording.dates import short_day
from connects.wording.figures import kept_together
from connects.wording.messages import gettext as _

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
    """The burden over the marketplace's newest posts: all rule books side by side, one group by group.

    All are measured on the same values, those of the rule book `values`.
    """
    names = known_names()
    asked = Typed(request.GET)
    name = asked.choice("policy") or DEFAULT_BOOK
    book = _book(name, names)
    measure = Yardstick(_measure(asked.choice("values"), book, names), _model_name())
    books = [each for each in map(known_book, names) if each and _compares(each, measure)]
    priced = newest_posts_priced(books, measure)
    burdens = {each.label: fairness_over(priced[each.label], credit_price(each)) for each in books}
    found = burdens[book.label]
    context = {
        "names": names,
        "chosen": name,
        "book": book,
        "values": measure.book,
        "whose": measure.words,
        "posts_most": POSTS_MOST,
        "summary": summary(book, found) if found else "",
        "columns": [kept_together(_(column)) for column in COLUMNS],
        "book_columns": [kept_together(_(column)) for column in BOOK_COLUMNS],
        "side_by_side": [
            (each.label, *cells(burden.whole, each.currency)[1:])
            for each in books
            if (burden := burdens[each.label]) is not None
        ],
        "parts": _parts(book, found) if found else [],
    }
    return staff_page(request, staff, "console/fairness.html", context)


def _book(name: str, names: Collection[str]) -> RuleBook:
    book = known_book(name) if name in names else None
    if book is None:
        raise Http404
    return book


def _measure(name: str, book: RuleBook, names: Collection[str]) -> RuleBook:
    """By whose values; by the rule book's own where the currencies differ."""
    measure = _book(name or DEFAULT_BOOK, names)
    return measure if measure.currency == book.currency else book


def _compares(book: RuleBook, measure: Yardstick) -> bool:
    return book.currency == measure.book.currency


def _model_name() -> str | None:
    model = installed_model()
    return model.name if model else None


def _parts(book: RuleBook, found: Fairness) -> list[Part]:
    parts = []
    for grouping, title in GROUPINGS.items():
        groups = found.by[grouping]
        drawn = mark_safe(plot(book, grouping, groups))  # noqa: S308 escaped where it is drawn
        rows = tuple(cells(burden, book.currency, grouping) for burden in groups)
        parts.append(Part(title, drawn, rows))
    return parts


@for_staff(Act.READ_MARKET)
def demand(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Each category's demand now, how it came there, and whether estimates still fit the posts."""
    last, coverage = last_readings(), estimate_coverage()
    context = {
        "last": [(reading, reading.index_thousandths / AVERAGE_THOUSANDTHS) for reading in last],
        "weight": suggested_weight([(reading.jobs, reading.proposals) for reading in last]),
        "plot": _series([reading.category for reading in last[:CATEGORIES_CHARTED]]),
        "days": CHARTED.days,
        "coverage": coverage if coverage.posts else None,
        "coverage_words": coverage_words(coverage),
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
    words = (short_day(first), short_day(last))
    return mark_safe(lines(_("Demand index by category"), rows, words, _("1 = average")))  # noqa: S308
