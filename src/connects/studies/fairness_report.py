"""The fairness report in words, tables and plots."""

from __future__ import annotations

from collections.abc import Sequence

from connects.policy.terms import RuleBook
from connects.pricing.burden import DECILES, FEWEST_POSTS, Burden, Fairness
from connects.pricing.yardstick import Yardstick
from connects.statements.words import Spoken
from connects.studies.plots import Bar, bars
from connects.studies.report_page import figure, heading, page, paragraph, table
from connects.vocabulary.amounts import Cents, Money, decimals_of
from connects.vocabulary.countries import country_name
from connects.wording.figures import decimals, number, telling
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

GROUPINGS: Spoken[str] = Spoken(
    {
        "value": mark("By tenths of the posts, the least valued first"),
        "kind": mark("By kind"),
        "level": mark("By level"),
        "category": mark("By category"),
        "country": mark("By the client's country"),
    }
)
WORDS: Spoken[str] = Spoken(
    {
        "fixed": mark("fixed price"),
        "hourly": mark("hourly"),
        "entry": mark("entry"),
        "intermediate": mark("intermediate"),
        "expert": mark("expert"),
    }
)
COLUMNS = (
    mark("group"),
    mark("posts"),
    mark("median value of a job"),
    mark("mean price, Connects"),
    mark("mean share of the value, %"),
    mark("95 % interval of the mean, %"),
    mark("median share of the value, %"),
)

BOOK_COLUMNS = (mark("rule book"), *COLUMNS[1:])


def summary(book: RuleBook, found: Fairness) -> str:
    """The report's first sentence."""
    credit = found.credit_cents_thousandths / 1_000
    words = _(
        "Under {label} a proposal to one of {posts} posts costs {connects} Connects on average; at"
        " {credit} cents each that is {mean} of what the job is worth (median {median}).",
        label=book.label,
        posts=number(found.whole.posts),
        connects=decimals(found.whole.connects, 2),
        credit=number(credit),
        mean=_percent(found.whole.mean),
        median=_percent(found.whole.median),
    )
    if found.tilt is not None:
        words += _(
            " In the tenth of posts that are worth least the median share is {times} times that of the"
            " tenth that is worth most.",
            times=times(found),
        )
    return words


def times(found: Fairness) -> str:
    """How many times the median share of the least valued tenth is that of the most valued one."""
    if found.tilt is None:
        return ""
    return number(round(found.tilt)) if found.tilt >= 10 else decimals(found.tilt, 1)


def group_name(grouping: str, name: str) -> str:
    """A group in words: kinds, levels and countries stand in figures as codes."""
    if grouping == "country":
        return country_name(name)
    return WORDS.get(name, name) if grouping in ("kind", "level") else name


def cells(burden: Burden, currency: str, grouping: str = "") -> tuple[str, ...]:
    """A group's row under `COLUMNS`."""
    return (
        group_name(grouping, burden.name)
        + (_(" (under {posts} posts)", posts=FEWEST_POSTS) if burden.few else ""),
        number(burden.posts),
        typical_amount(burden.value_cents, currency),
        decimals(burden.connects, 2),
        telling(burden.mean),
        _("{least} to {most}", least=telling(burden.low), most=telling(burden.high)),
        telling(burden.median),
    )


def plot(book: RuleBook, grouping: str, groups: Sequence[Burden]) -> str:
    """The groups' mean shares as bars, with their intervals."""
    rows = [
        Bar(
            f"{burden.name}, {typical_amount(burden.value_cents, book.currency)}"
            if grouping == "value"
            else group_name(grouping, burden.name),
            burden.mean,
            _percent(burden.mean),
            burden.low,
            burden.high,
        )
        for burden in groups
    ]
    title = _(
        "{grouping}: mean share under {label}", grouping=GROUPINGS[grouping], label=book.label
    )
    return bars(title, rows, _("Connects as a share of the job's value, %"))


def report(source: str, books: Sequence[tuple[RuleBook, Fairness]], yardstick: Yardstick) -> str:
    """The whole HTML file: one part for each rule book, over the posts that `source` names."""
    body = [
        paragraph(
            "A proposal's burden is what its Connects cost, as a share of what the job is worth."
            f" Posts: {source}. {yardstick.words} Demand is average, and what rule books take off for"
            f" newcomers is not counted. Groups of fewer than {FEWEST_POSTS} posts are put together;"
            " the thin line on each bar holds the mean with a chance of 95 %.",
            quiet=True,
        ),
        heading("Side by side"),
        table(
            "Rule books side by side", BOOK_COLUMNS, [_whole(book, found) for book, found in books]
        ),
    ]
    for book, found in books:
        body += _part(book, found)
    return page("What a proposal costs, as a share of the job", body)


def _whole(book: RuleBook, found: Fairness) -> tuple[str, ...]:
    return (book.label, *cells(found.whole, book.currency)[1:])


def _part(book: RuleBook, found: Fairness) -> list[str]:
    body = [heading(f"{book.label}: {book.title}"), paragraph(summary(book, found))]
    if found.unvalued:
        body.append(paragraph(f"{found.unvalued:,} posts are worth nothing by it and left out."))
    for grouping, words in GROUPINGS.items():
        groups = found.by[grouping]
        if len(groups) < 2 and grouping != "value":
            continue
        shown = groups if len(groups) <= 2 * DECILES else groups[: 2 * DECILES]
        name = f"{words}, {book.label}"
        body += [heading(words, 3), figure(name, plot(book, grouping, shown))]
        body.append(
            table(name, COLUMNS, [cells(burden, book.currency, grouping) for burden in groups])
        )
    return body


def typical_amount(cents: Cents, currency: str) -> str:
    """A median or mean, without the cents that say nothing from ten dollars on."""
    unit: int = 10 ** decimals_of(currency)
    return Money(cents if cents < 10 * unit else round(cents / unit) * unit, currency).whole


def _percent(share: float) -> str:
    return f"{telling(share)}\N{NO-BREAK SPACE}%"
