"""What `connects policy fit` prints: lines for people, figures for programs."""

from __future__ import annotations

from dataclasses import asdict

from connects.cli.plain_text import figures_table, paragraph
from connects.studies.card_fit import Outcome
from connects.studies.fit_report import Fitted, card_words, change_cells
from connects.studies.fit_words import aside_rows, elasticity_words
from connects.studies.who_pays import Change
from connects.vocabulary.amounts import Money
from connects.wording.figures import telling

OUTCOMES = ("", "proposals\na post", "revenue\na post", "newcomers'\nmean share")
WHO_PAYS = (
    "Who pays more,\nand who less",
    "median\nvalue",
    "Connects\nbefore",
    "Connects\nafter",
    "pay more,\n% of posts",
    "pay less,\n% of posts",
    "most that\none rises",
)


def figures(found: Fitted) -> dict[str, object]:
    """All figures, with names."""
    fit = found.fit
    return {
        "met": fit.is_met,
        "tried": fit.tried,
        "card": [asdict(step) for step in fit.card],
        "outcome": asdict(fit.outcome),
        "base": asdict(fit.base),
        "elasticity": {**asdict(found.elasticity), "measured": found.elasticity.is_measured},
        "values": found.yardstick.book.label,
        "model": found.yardstick.model,
        "aside": None if found.aside is None else asdict(found.aside),
        "who_pays": [asdict(change) for change in found.changes],
        "frontier": [{"revenue_percent": s, **asdict(o)} for s, _, o in fit.frontier],
        "remarks": list(found.remarks),
    }


def lines(found: Fitted) -> str:
    """The fit for people."""
    fit, currency = found.fit, found.book.currency
    verdict = "meets the targets" if fit.is_met else "misses the targets, the least of all"
    told = [
        f"{fit.tried:,} cards tried; this one {verdict}:",
        paragraph(f"  {card_words(fit.card, currency)}", "  "),
        "",
        *figures_table(
            OUTCOMES,
            [
                _outcome("the base's card", fit.base, currency),
                _outcome("this card", fit.outcome, currency),
            ],
        ),
    ]
    if found.aside is not None:
        head = (f"On {found.aside.posts:,} posts set aside", "figure", "95 % interval")
        told += ["", *figures_table(head, aside_rows(found.aside))]
    told += [
        "",
        *figures_table(WHO_PAYS, [_change(each, currency) for each in _main_groups(found)]),
    ]
    rests_on = [elasticity_words(found.elasticity), found.yardstick.words, *found.remarks]
    return "\n".join([*told, "", *map(paragraph, rests_on)])


def _outcome(name: str, outcome: Outcome, currency: str) -> tuple[str, ...]:
    revenue = Money(round(outcome.revenue), currency)
    return name, f"{outcome.proposals:,.2f}", str(revenue), f"{telling(outcome.burden, 3)} %"


def _main_groups(found: Fitted) -> list[Change]:
    """All but the categories, which the report has."""
    return [change for change in found.changes if change.grouping != "category"]


def _change(change: Change, currency: str) -> tuple[str, ...]:
    name, _, *cells = change_cells(change, currency)
    return name, *cells
