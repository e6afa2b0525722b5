"""The figures of `connects estimate evaluate`, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

PARTS = ("known_clients", "new_clients", "hourly")
HEADING = (
    f"{'source':<16}{'rows':>7}{'error':>9}{'default':>9}{'best median':>32}{'better by':>11}"
    f"{'held':>8}{'low third':>11}{'middle':>8}{'high':>8}{'bands':>8}{'of median':>11}"
)


def lines(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """A line for each source, and one below it for each part of its posts."""
    yield HEADING
    for source, found in figures.items():
        if found["n"]:
            yield _line(source or "(none)", found)
        else:
            yield source or "(none)"
        for name in PARTS:
            if name in found:
                yield _line(f"  {name.replace('_', ' ')}", found[name])


def _line(name: str, own: Mapping[str, Any]) -> str:
    median = f"{own['best_baseline_mae_log']:.4f} ({own['best_baseline']})"
    thirds = [f"{third['coverage_80']:.1%}" for third in own["coverage_80_by_third"]]
    low, middle, high = [*thirds, "", "", ""][:3]
    return (
        f"{name:<16}{own['n']:>7,}{own['mae_log']:>9.4f}{own['default_mae_log']:>9.4f}{median:>32}"
        f"{own['improvement']:>11.1%}{own['coverage_80']:>8.1%}{low:>11}{middle:>8}{high:>8}"
        f"{own['band_agreement']:>8.1%}{own['best_baseline_band_agreement']:>11.1%}"
    )
