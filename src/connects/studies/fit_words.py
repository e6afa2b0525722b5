"""The sentences about a fit that its report and the command line have in common."""

from __future__ import annotations

from connects.studies.card_fit import Fit, Targets
from connects.studies.elasticity import Elasticity
from connects.studies.set_aside import Aside, Interval
from connects.wording.figures import telling


def verdict_words(fit: Fit) -> str:
    if fit.is_met:
        return (
            "It meets the targets with the least burden on newcomers of all cards that were tried."
        )
    return "No card that was tried meets all targets; this one misses them least."


def targets_words(targets: Targets) -> str:
    told = [f"revenue at least {targets.revenue_percent:g} % of the base's"]
    if targets.burden_percent is not None:
        told.append(f"newcomers' mean share at most {targets.burden_percent:g} %")
    if targets.proposals_most is not None:
        told.append(f"at most {targets.proposals_most:g} proposals a post")
    return f"Targets: {', '.join(told)}."


def elasticity_words(elasticity: Elasticity) -> str:
    """How proposals are taken to answer, and what that rests on."""
    twice = f"twice the price brings {twice_words(elasticity.number)}"
    if elasticity.low is not None and elasticity.high is not None:
        return (
            f"Measured: {twice} (elasticity {elasticity.number:.2f}, 95 % interval"
            f" {elasticity.low:.2f} to {elasticity.high:.2f}), by {elasticity.stretches} stretches of"
            f" time in which all prices were moved alike, over {elasticity.posts:,} posts."
        )
    return (
        f"Assumed, not measured: {twice} (elasticity {elasticity.number:g}). A history under one card"
        " cannot tell."
    )


def twice_words(elasticity: float) -> str:
    """What comes of twice the price: “19 % fewer proposals”."""
    fewer = round(100 * (1 - 2.0**-elasticity))
    if not fewer:
        return "as many proposals"
    return f"{abs(fewer)} % {'fewer' if fewer > 0 else 'more'} proposals"


def aside_rows(aside: Aside) -> list[tuple[str, str, str]]:
    """What the card comes to on posts set aside, figure by figure."""
    rows = [("revenue, % of the base's", aside.revenue_percent)]
    if aside.burden is not None and aside.base_burden is not None:
        rows.append(("newcomers' mean share under the base's card, %", aside.base_burden))
        rows.append(("newcomers' mean share under this card, %", aside.burden))
    return [(name, *_cells(interval)) for name, interval in rows]


def _cells(interval: Interval) -> tuple[str, str]:
    number, low, high = (
        f"{each:,.1f}" if each >= 10 else telling(each, 3)
        for each in (interval.number, interval.low, interval.high)
    )
    return number, f"{low} to {high}"
