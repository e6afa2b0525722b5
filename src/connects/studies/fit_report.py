"""What a fitted card comes to: what was assumed, who pays more and less, and what else could be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connects.policy.terms import RuleBook
from connects.pricing.yardstick import Yardstick
from connects.studies.card_fit import OPEN, Card, Fit, History, Outcome, PastPost, Targets
from connects.studies.elasticity import Elasticity
from connects.studies.fairness_report import group_name, typical_amount
from connects.studies.fit_words import (
    aside_rows,
    elasticity_words,
    targets_words,
    twice_words,
    verdict_words,
)
from connects.studies.plots import Bar, Line, bars, lines
from connects.studies.report_page import figure, heading, page, paragraph, table
from connects.studies.set_aside import Aside
from connects.studies.who_pays import Change
from connects.vocabulary.amounts import Money
from connects.wording.figures import telling

COLUMNS = (
    "card",
    "proposals a post",
    "revenue a post",
    "revenue, % of the base's",
    "newcomers' mean share, % of the value",
)
ASIDE_COLUMNS = ("on posts set aside", "figure", "95 % interval")
CARDS = "card, Connects by the job's value"
CHANGE_COLUMNS = (
    "group",
    "posts",
    "median value of a job",
    "mean price before, Connects",
    "mean price after, Connects",
    "pay more, % of posts",
    "pay less, % of posts",
    "most that one rises, Connects",
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """All that a report says: the fit, and what it was fitted with and tried on.

    `otherwise` are the outcomes of the card and of the base at other elasticities.
    """

    book: RuleBook
    shape: str
    file: str
    fit: Fit
    targets: Targets
    elasticity: Elasticity
    yardstick: Yardstick
    aside: Aside | None
    changes: Sequence[Change]
    otherwise: Sequence[tuple[float, Outcome, Outcome]]
    remarks: Sequence[str]


def outcome_cells(name: str, outcome: Outcome, base: Outcome, currency: str) -> tuple[str, ...]:
    """A row under `COLUMNS`."""
    share = 100 * outcome.revenue / base.revenue if base.revenue else 0.0
    return (
        name,
        f"{outcome.proposals:.2f}",
        str(Money(round(outcome.revenue), currency)),
        f"{share:.0f}",
        telling(outcome.burden, 3),
    )


def change_cells(change: Change, currency: str) -> tuple[str, ...]:
    """A row under `CHANGE_COLUMNS`."""
    return (
        group_name(change.grouping, change.name),
        f"{change.posts:,}",
        typical_amount(change.worth_cents, currency),
        f"{change.before:.2f}",
        f"{change.after:.2f}",
        f"{change.more_percent:.0f}",
        f"{change.less_percent:.0f}",
        f"{max(change.most_more, 0)}",
    )


def card_words(card: Card, currency: str) -> str:
    """A card in a line."""
    told = [
        f"{step.connects} up to {Money(step.up_to, currency).whole}"
        for step in card
        if step.up_to < OPEN
    ]
    return ", ".join([*told, f"{card[-1].connects} above"])


def sensitivity(
    posts: Sequence[PastPost], credit: float, elasticity: Elasticity, card: Card
) -> list[tuple[float, Outcome, Outcome]]:
    """The card's and the base's outcomes were proposals to answer otherwise than was taken."""
    number = elasticity.number
    ends = (elasticity.low, elasticity.high)
    others = {0.0, number / 2, number, 2 * number, *(max(e, 0.0) for e in ends if e is not None)}
    found = []
    for other in sorted(others):
        history = History(posts, credit, other)
        found.append((other, history.outcome(card), history.base))
    return found


def report(found: Fitted) -> str:
    """The whole HTML file."""
    title = f"A {found.shape} card for {found.book.label}, fitted to {found.file}"
    return page(
        title,
        [
            paragraph(
                f"{found.fit.tried:,} cards were tried. {verdict_words(found.fit)}"
                f" {targets_words(found.targets)}"
            ),
            paragraph(
                f"{elasticity_words(found.elasticity)} The last table shows what comes of other answers."
                f" {found.yardstick.words} Newcomers are those who go for entry-level posts.",
                quiet=True,
            ),
            *(paragraph(remark) for remark in found.remarks),
            *_outcomes(found),
            *_card(found),
            *_who_pays(found),
            *_frontier(found),
            heading("Were proposals to answer otherwise"),
            table(
                "Elasticities",
                ("elasticity", "twice the price brings", *COLUMNS[1:]),
                [
                    (
                        f"{number:.2g}",
                        twice_words(number),
                        *_otherwise(after, base, found.book.currency),
                    )
                    for number, after, base in found.otherwise
                ],
            ),
        ],
    )


def _otherwise(after: Outcome, base: Outcome, currency: str) -> tuple[str, ...]:
    return outcome_cells("", after, base, currency)[1:]


def _outcomes(found: Fitted) -> list[str]:
    fit, currency = found.fit, found.book.currency
    body = [
        heading("What it comes to"),
        table(
            "Outcomes",
            COLUMNS,
            [
                outcome_cells("the base's card", fit.base, fit.base, currency),
                outcome_cells("the fitted card", fit.outcome, fit.base, currency),
            ],
        ),
    ]
    if found.aside is None:
        return [*body, paragraph("There were too few posts to set some aside.")]
    words = (
        f"{found.aside.posts:,} posts had no part in the fit; there it comes to this. The intervals are"
        " those of the posts, at the elasticity that was taken."
    )
    return [*body, paragraph(words), table("Set aside", ASIDE_COLUMNS, aside_rows(found.aside))]


def _card(found: Fitted) -> list[str]:
    card, currency = found.fit.card, found.book.currency
    steps = [
        (card_bound(place, card, currency), str(step.connects)) for place, step in enumerate(card)
    ]
    drawn = [Bar(words, float(connects), connects) for words, connects in steps]
    return [
        heading("The card"),
        figure("Connects by value", bars("Connects by value", drawn, "Connects for a proposal")),
        table("The card", ("value", "Connects"), steps),
    ]


def _who_pays(found: Fitted) -> list[str]:
    rows = [change_cells(change, found.book.currency) for change in found.changes]
    return [
        heading("Who pays more, and who less"),
        paragraph(
            "All posts, tenths of them with the least valued first, and groups of 30 posts on."
        ),
        table("Who pays more and less", CHANGE_COLUMNS, rows),
    ]


def _frontier(found: Fitted) -> list[str]:
    frontier, base, currency = found.fit.frontier, found.fit.base, found.book.currency
    ends = (f"{frontier[0][0]} % of revenue", f"{frontier[-1][0]} %") if frontier else ("", "")
    between = [float(share) for share, _, _ in frontier[2:-1]]
    points = [(float(share), outcome.burden) for share, _, outcome in frontier]
    name = "Newcomers' least mean share by revenue"
    return [
        heading("What else could be had"),
        paragraph("The least burden on newcomers that brings so much of the base's revenue."),
        figure(
            name,
            lines(
                name,
                [Line("least burden", points)],
                ends,
                "newcomers' mean share of the job's value, %",
                from_zero=False,
                x_marks=between,
            ),
        ),
        table(
            "The frontier",
            ("revenue at least, % of the base's", *COLUMNS[1:], CARDS),
            [
                (
                    f"{share}",
                    *outcome_cells("", outcome, base, currency)[1:],
                    card_words(card, currency),
                )
                for share, card, outcome in frontier
            ],
            words=(CARDS,),
        ),
    ]


def card_bound(place: int, card: Card, currency: str) -> str:
    """The values that a step holds for."""
    if card[place].up_to < OPEN:
        return f"up to {Money(card[place].up_to, currency).whole}"
    return f"over {Money(card[place - 1].up_to, currency).whole}" if place else "every value"
