"""The result as text, and as the table and plot of docs/performance.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.ledger.callers import EACH

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "performance.md"
PLOT = DOCS / "performance.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" role="img"'
    ' aria-label="Posts a second on PostgreSQL; the same figures are in the table"'
    ' font-family="sans-serif" font-size="13">'
)
RATIOS = {
    "batch_1000_vs_bare": "PostgreSQL: 1,000 spends in a batch, of bare SQL",
    "sqlite_batch_1000_vs_bare": "SQLite: 1,000 spends in a batch, of bare executemany",
    "single_32_vs_pgbench": "Single posts by 32 callers, of pgbench",
    "group_commit_32_vs_single_32": "Group commit by 32 threads, times single posts",
    "vs_pgledger": "Group commit by 32 threads, times pgledger's transfers",
    f"group_commit_32_by_{EACH}_vs_pgledger": f"32 threads, {EACH} spends of each in flight, the same",
    "bare_32_vs_pgledger": "Bare SQL in batches of 32, times pgledger's transfers",
    "batch_1000_vs_pgledger_batch": "1,000 spends in a batch, times pgledger's best batch",
}


def lines(result: dict[str, Any]) -> str:
    """The result for a terminal."""
    told = [f"{words:<58} {_ratio(result[key]):>10}" for key, words in RATIOS.items()]
    for vendor in ("postgresql", "sqlite"):
        told += ["", f"{vendor}, {result['settings']['wallets']:,} wallets"]
        for row in result[vendor]:
            what = f"{row['name']}, batches of {row['batch']:,}"
            told.append(
                f"{what:<44}{row['per_second']:>10,} a second  {row['of_bare']:.2f} of bare"
            )
    told += ["", "postgresql, many at once"]
    for row in result["callers"]:
        what = f"{row['name']}, {row['callers']} at once"
        told.append(f"{what:<44}{row['per_second']:>10,} a second")
    return "\n".join(told)


def _ratio(ratio: float | None) -> str:
    return "not measured" if ratio is None else f"{ratio:.2f}"


def write(result: dict[str, Any]) -> None:
    """Put the figures between the page's two marks, and draw the plot."""
    page = PAGE.read_text()
    head, tail = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text(f"{head}{BEGIN}\n\n{_markdown(result)}\n\n{END}{tail}")
    PLOT.write_text(_svg(result))


def _markdown(result: dict[str, Any]) -> str:
    settings = result["settings"]
    told = ["| ratio | |", "|---|--:|"]
    told += [f"| {words} | {_ratio(result[key])} |" for key, words in RATIOS.items()]
    for vendor, name in (("postgresql", "PostgreSQL"), ("sqlite", "SQLite")):
        told += ["", f"| {name} | batch | a second | slowest to fastest round | of bare |"]
        told += ["|---|--:|--:|--:|--:|"]
        told += [
            f"| {row['name']} | {row['batch']:,} | {row['per_second']:,} | {_spread(row)} |"
            f" {row['of_bare']:.2f} |"
            for row in result[vendor]
        ]
    told += ["", "| at once, on PostgreSQL | callers | a second | slowest to fastest round |"]
    told += ["|---|--:|--:|--:|"]
    told += [
        f"| {row['name']} | {row['callers']} | {row['per_second']:,} | {_spread(row)} |"
        for row in result["callers"]
    ]
    for part in ("machine", "postgresql", "sqlite"):
        facts = ", ".join(f"{name} {value}" for name, value in settings[part].items())
        told += ["", f"{part.capitalize()}: {facts}."]
    told += ["", f"{settings['wallets']:,} wallets; medians of {settings['rounds']} rounds."]
    return "\n".join(told)


def _spread(row: dict[str, Any]) -> str:
    slowest, fastest = row["spread"]
    return f"{slowest:,} to {fastest:,}"


def _svg(result: dict[str, Any]) -> str:
    """Bars of what is posted a second on PostgreSQL, beside what it is measured by."""
    bars = [
        (f"{r['name']}, {r['batch']:,} in a batch", r["per_second"]) for r in result["postgresql"]
    ]
    bars += [(f"{r['name']}, {r['callers']} at once", r["per_second"]) for r in result["callers"]]
    most = max(rate for _, rate in bars)
    height = 26 * len(bars) + 16
    drawn = [
        SVG.format(height=height),
        f'<rect width="760" height="{height}" fill="#fff"/>',
    ]
    for place, (name, rate) in enumerate(bars):
        top, width = 26 * place + 8, max(330 * rate / most, 1)
        drawn += [
            f'<text x="332" y="{top + 15}" text-anchor="end" fill="#222">{name}</text>',
            f'<rect x="342" y="{top + 2}" width="{width:.1f}" height="17" fill="#2b6cb0"/>',
            f'<text x="{347 + width:.1f}" y="{top + 15}" fill="#222">{rate:,}</text>',
        ]
    return "\n".join([*drawn, "</svg>"]) + "\n"
