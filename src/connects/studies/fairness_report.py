"""The fairness report in words, tables and plots."""

from __future__ import annotations

from collections.abc import Sequence

from connects.policy.terms import RuleBook
from connects.pricing.burden import DECILES, FEWEST_POSTS, Burden, Fairness
from connects.pricing.yardstick import Yardstick
from connects.studies.plots import Bar, bars
from connects.studies.report_page import heading, page, paragraph, table
from connects.vocabulary.amounts import Money

GROUPINGS = {
    "value": "By tenths of the posts, the least valued first",
    "kind": "By kind",
    "level": "By level",
    "category": "By category",
    "country": "By the client's country",
}
COLUMNS = (
    "group",
    "posts",
    "median value of a job",
    "mean price, Connects",
    "mean share of the value, %",
    "95 % interval of the mean, %",
    "median share of the value, %",
)

BOOK_COLUMNS = ("rule book", *COLUMNS[1:])


def summary(book: RuleBook, found: Fairness) -> str:
    """The report's first sentence."""
    credit = found.credit_cents_thousandths / 1_000
    words = (
        f"Under {book.label} a proposal to one of {found.whole.posts:,} posts costs "
        f"{found.whole.connects:.2f} Connects on average; at {credit:.4g} cents each that is "
        f"{_percent(found.whole.mean)} of what the job is worth (median {_percent(found.whole.median)})."
    )
    if found.tilt is not None:
        words += (
            f" In the tenth of posts that are worth least the median share is {found.tilt:.1f} times"
            " that of the tenth that is worth most."
        )
    return words


def cells(burden: Burden, currency: str) -> tuple[str, ...]:
    """A group's row under `COLUMNS`."""
    return (
        burden.name + (f" (under {FEWEST_POSTS} posts)" if burden.few else ""),
        f"{burden.posts:,}",
        str(Money(burden.value_cents, currency)),
        f"{burden.connects:.2f}",
        _share(burden.mean),
        f"{_share(burden.low)} to {_share(burden.high)}",
        _share(burden.median),
    )


def plot(book: RuleBook, grouping: str, groups: Sequence[Burden]) -> str:
    """The groups' mean shares as bars, with their intervals."""
    rows = [
        Bar(
            f"{burden.name}, {Money(burden.value_cents, book.currency)}"
            if grouping == "value"
            else burden.name,
            burden.mean,
            _percent(burden.mean),
            burden.low,
            burden.high,
        )
        for burden in groups
    ]
    title = f"{GROUPINGS[grouping]}: mean share under {book.label}"
    return bars(title, rows, "Connects as a share of the job's value, %")


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
    body = [heading(book.title), paragraph(summary(book, found))]
    if found.unvalued:
        body.append(paragraph(f"{found.unvalued:,} posts are worth nothing by it and left out."))
    for grouping, words in GROUPINGS.items():
        groups = found.by[grouping]
        if len(groups) < 2 and grouping != "value":
            continue
        shown = groups if len(groups) <= 2 * DECILES else groups[: 2 * DECILES]
        body += [heading(words, 3), plot(book, grouping, shown)]
        body.append(table(words, COLUMNS, [cells(burden, book.currency) for burden in groups]))
    return body


def _percent(share: float) -> str:
    return f"{_share(share)} %"


def _share(percent: float) -> str:
    """Two digits that say something, however small the share."""
    return f"{percent:.2f}" if percent >= 0.1 else f"{percent:.2g}"
