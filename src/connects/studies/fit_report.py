"""What a fitted card comes to, with what was assumed and what else could be had."""

from __future__ import annotations

from collections.abc import Sequence

from connects.studies.card_fit import OPEN, Card, Fit, History, Outcome, PastPost, Targets
from connects.studies.plots import Bar, Line, bars, lines
from connects.studies.report_page import heading, page, paragraph, table
from connects.vocabulary.amounts import Money

COLUMNS = ("card", "proposals a post", "revenue a post", "of the base's", "newcomers' mean share")


def outcome_cells(name: str, outcome: Outcome, base: Outcome, currency: str) -> tuple[str, ...]:
    """A row under `COLUMNS`."""
    share = 100 * outcome.revenue / base.revenue if base.revenue else 0.0
    return (
        name,
        f"{outcome.proposals:.2f}",
        str(Money(round(outcome.revenue), currency)),
        f"{share:.0f} %",
        f"{outcome.burden:.2g} %",
    )


def card_words(card: Card, currency: str) -> str:
    """A card in a line."""
    told = [
        f"{step.connects} up to {Money(step.up_to, currency)}" for step in card if step.up_to < OPEN
    ]
    return ", ".join([*told, f"{card[-1].connects} above"])


def sensitivity(
    posts: Sequence[PastPost], credit: float, elasticity: float, card: Card
) -> list[tuple[float, Outcome, Outcome]]:
    """The card's and the base's outcomes were proposals to answer otherwise than was assumed."""
    found = []
    for other in (0.0, elasticity / 2, elasticity, 2 * elasticity):
        history = History(posts, credit, other)
        found.append((other, history.outcome(card), history.base))
    return found


def report(
    title: str,
    fit: Fit,
    targets: Targets,
    elasticity: float,
    otherwise: Sequence[tuple[float, Outcome, Outcome]],
    currency: str,
) -> str:
    """The whole HTML file."""
    verdict = (
        "It meets the targets with the least burden on newcomers of all cards that were tried."
        if fit.is_met
        else "No card that was tried meets all targets; this one misses them least."
    )
    steps = [
        (card_bound(place, fit.card, currency), str(step.connects))
        for place, step in enumerate(fit.card)
    ]
    return page(
        title,
        [
            paragraph(f"{fit.tried:,} cards were tried. {verdict} {_targets(targets)}"),
            paragraph(
                f"Assumed, not measured: proposals to a post change with the price to the power of"
                f" -{elasticity:g}. A history under one card cannot tell; the last table shows what"
                " comes of other answers. Newcomers are those who go for entry-level posts.",
                quiet=True,
            ),
            heading("What it comes to"),
            table(
                "Outcomes",
                COLUMNS,
                [
                    outcome_cells("the base's card", fit.base, fit.base, currency),
                    outcome_cells("the fitted card", fit.outcome, fit.base, currency),
                ],
            ),
            heading("The card"),
            bars(
                "Connects by value",
                [Bar(words, float(connects), connects) for words, connects in steps],
            ),
            table("The card", ("value", "Connects"), steps),
            heading("What else could be had"),
            paragraph("The least burden on newcomers that brings so much of the base's revenue."),
            lines(
                "Newcomers' least mean share by revenue",
                [Line("least burden", [(share, o.burden) for share, _, o in fit.frontier])],
                (f"{fit.frontier[0][0]} % of revenue", f"{fit.frontier[-1][0]} %")
                if fit.frontier
                else ("", ""),
                "percent of the job's value",
            ),
            table(
                "The frontier",
                ("revenue at least", *COLUMNS[1:], "card"),
                [
                    (
                        f"{share} %",
                        *outcome_cells("", o, fit.base, currency)[1:],
                        card_words(card, currency),
                    )
                    for share, card, o in fit.frontier
                ],
            ),
            heading("Were proposals to answer otherwise"),
            table(
                "Elasticities",
                ("elasticity", *COLUMNS[1:]),
                [outcome_cells(f"{e:g}", o, base, currency) for e, o, base in otherwise],
            ),
        ],
    )


def card_bound(place: int, card: Card, currency: str) -> str:
    """The values that a step holds for."""
    if card[place].up_to < OPEN:
        return f"up to {Money(card[place].up_to, currency)}"
    return f"over {Money(card[place - 1].up_to, currency)}" if place else "every value"


def _targets(targets: Targets) -> str:
    told = [f"revenue at least {targets.revenue_percent:g} % of the base's"]
    if targets.burden_percent is not None:
        told.append(f"newcomers' mean share at most {targets.burden_percent:g} %")
    if targets.proposals_most is not None:
        told.append(f"at most {targets.proposals_most:g} proposals a post")
    return f"Targets: {', '.join(told)}."
