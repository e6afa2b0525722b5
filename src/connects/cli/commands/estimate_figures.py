"""The figures of `connects estimate evaluate`, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connects.cli.plain_text import figures_table

PARTS = ("known_clients", "new_clients", "hourly")
ERRORS = (
    "Errors, in logarithms",
    "rows",
    "ours",
    "without\na model",
    "best\nmedian",
    "",
    "better\nby, %",
)
HITS = (
    "Hits, %",
    "in 80 %\nintervals",
    "low\nthird",
    "middle\nthird",
    "high\nthird",
    "bands",
    "bands by the\nbest median",
)


def lines(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """A line for each source, and one below it for each part of its posts: errors, then hits."""
    rows = list(_rows(figures))
    yield from figures_table(ERRORS, [_errors(name, own) for name, own in rows])
    yield ""
    yield from figures_table(HITS, [_hits(name, own) for name, own in rows])


def _rows(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for source, found in figures.items():
        yield source or "(none)", found if found["n"] else {}
        for name in PARTS:
            if name in found:
                yield f"  {name.replace('_', ' ')}", found[name]


def _errors(name: str, own: Mapping[str, Any]) -> tuple[str, ...]:
    if not own:
        return (name, *[""] * (len(ERRORS) - 1))
    errors = (own["mae_log"], own["default_mae_log"], own["best_baseline_mae_log"])
    told = [f"{error:.3f}" for error in errors]
    return name, f"{own['n']:,}", *told, own["best_baseline"], _percent(own["improvement"])


def _hits(name: str, own: Mapping[str, Any]) -> tuple[str, ...]:
    if not own:
        return (name, *[""] * (len(HITS) - 1))
    thirds = [_percent(third["coverage_80"]) for third in own["coverage_80_by_third"]]
    bands = (own["band_agreement"], own["best_baseline_band_agreement"])
    low, middle, high = [*thirds, "", "", ""][:3]
    return name, _percent(own["coverage_80"]), low, middle, high, *map(_percent, bands)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
