"""What `connects policy fit` prints: lines for people, figures for programs."""

from __future__ import annotations

from dataclasses import asdict

from connects.studies.fit_report import Fitted, card_words
from connects.studies.fit_words import aside_rows, elasticity_words
from connects.vocabulary.amounts import Money


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
        f"  {card_words(fit.card, currency)}",
    ]
    for words, outcome in (("the base's card", fit.base), ("this card", fit.outcome)):
        revenue = Money(round(outcome.revenue), currency)
        told.append(
            f"{words:<16} {outcome.proposals:6.2f} proposals a post,"
            f" {revenue} revenue a post, newcomers' share {outcome.burden:.2g} %"
        )
    if found.aside is not None:
        told.append(f"On {found.aside.posts:,} posts set aside:")
        told += [f"  {name}: {number} ({ends})" for name, number, ends in aside_rows(found.aside)]
    told.append("Who pays more, and who less (mean Connects before, after; posts that rise, fall):")
    told += [
        f"  {change.name:<28} {change.before:5.2f} {change.after:6.2f}"
        f" {change.more_percent:5.0f} % {change.less_percent:5.0f} %"
        for change in found.changes
        if change.grouping != "category"
    ]
    told += [elasticity_words(found.elasticity), found.yardstick.words, *found.remarks]
    return "\n".join(told)
