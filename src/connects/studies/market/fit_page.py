"""A fit's report: how near the market comes to real posts, and what they say nothing about."""

from __future__ import annotations

from collections.abc import Sequence

from connects.studies.market.fitted import Fitted, ParameterFound
from connects.studies.market.forest import Dot, forest
from connects.studies.report_page import figure, heading, page, paragraph, table
from connects.wording.figures import decimals, leading, signed


def report(found: Fitted) -> str:
    """The whole HTML file."""
    return page(
        "How near the market comes to real posts",
        [
            paragraph(
                f"{found.population}: {found.points} Sobol points and {found.seeds} seeds of"
                f" {found.freelancers:,} freelancers over {found.days} days, a {found.surrogate} as"
                " surrogate, local searches on it, and the best of what they found played again. The"
                " distance, the sum of squared standard errors, fell from"
                f" {found.distance_before:.1f} to {found.distance:.1f}. No field experiment is among"
                " the figures."
            ),
            heading("Figures of real posts"),
            figure(
                "Off by, in standard errors",
                forest(
                    "Off by, in standard errors",
                    [
                        Dot(each.words, each.errors_off, signed(each.errors_off, 1))
                        for each in found.moments
                    ],
                    "standard errors",
                ),
            ),
            _moments(found),
            heading("Parameters that were fitted"),
            _parameters(
                "Parameters that were fitted", [each for each in found.parameters if each.fitted]
            ),
            heading("What these figures cannot say"),
            paragraph(
                "By Morris’ screening no figure moves by more than its own standard error while one of"
                f" these goes through its range: {', '.join(found.not_identified) or 'none'}. Their"
                " values are assumptions, whatever a fit says."
            ),
            _parameters("All parameters", found.parameters),
            heading("For a study"),
            paragraph(found.as_toml()),
        ],
    )


def _moments(found: Fitted) -> str:
    columns = ("figure", "real", "standard error", "before", "after", "errors off", "source")
    rows = [
        (
            each.words,
            decimals(each.observed, 3),
            decimals(each.error, 3),
            decimals(each.before, 3),
            decimals(each.simulated, 3),
            signed(each.errors_off, 1) + ("" if each.is_met else " (not met)"),
            each.source,
        )
        for each in found.moments
    ]
    return table("Figures of real posts", columns, rows, ["source"])


def _parameters(caption: str, parameters: Sequence[ParameterFound]) -> str:
    columns = ("parameter", "meaning", "before", "after", "searched", "moves most", "by errors")
    rows = [
        (
            each.name,
            each.meaning,
            leading(each.before, 4),
            leading(each.value, 4),
            f"{leading(each.least, 3)} to {leading(each.most, 3)}",
            each.moves,
            f"{each.errors_moved:.1f}" + ("" if each.is_identified else " (not identified)"),
        )
        for each in parameters
    ]
    return table(caption, columns, rows, ["meaning", "moves most"])
