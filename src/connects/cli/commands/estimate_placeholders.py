"""`connects estimate placeholders`: how well budgets that are not meant are told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from connects.cli.learning import needs_learning
from connects.policy.shelf import shipped
from connects.posts.money import amount_of
from connects.posts.rows import sums_of
from connects.posts.unreadable import CellProblem
from connects.posts.words import DURATIONS, WORKLOADS, is_missing, level_word
from connects.pricing.work_words import work_words
from connects.vocabulary.facts import JobFacts, JobKind, Level
from connects.vocabulary.typed_input import whole_number

THRESHOLD_OF = "fair-2026"
LABELS = {"1": True, "0": False}


@click.command(short_help="Judge labelled cases with weights fitted without them.")
@click.argument("file", required=False)
@click.option("--json", "as_json", is_flag=True, help="print the figures as JSON")
@click.option("--fit", is_flag=True, help="also print the weights fitted to all cases")
def placeholders(file: str | None, *, as_json: bool, fit: bool) -> None:
    """Judge labelled cases, from FILE or as shipped, with weights fitted without them."""
    needs_learning()
    from connects.estimate import placeholders as judged

    try:
        rows = judged.case_rows(*([Path(file)] if file else judged.CASES))
        cases = judged.read_cases(_cases(rows))
    except (OSError, UnicodeDecodeError, CellProblem, KeyError) as error:
        click.echo(
            f"{file or 'the cases that ship'}: not a table of labelled cases ({error})", err=True
        )
        sys.exit(2)
    if min(cases.labels.sum(), (~cases.labels).sum()) < judged.PARTS:
        click.echo(f"{file}: at least {judged.PARTS} cases of each kind are needed", err=True)
        sys.exit(2)
    figures = judged.report(cases, _threshold())
    if fit:
        figures["weights"] = {
            name: round(weight, 2) for name, weight in judged.fitted(cases).items()
        }
    click.echo(json.dumps(figures, indent=2) if as_json else "\n".join(_lines(figures)))


def _threshold() -> float:
    doubt = shipped(THRESHOLD_OF).value.doubt
    assert doubt is not None
    return doubt.over_percent / 100


def _cases(rows: list[Mapping[str, str]]) -> Iterator[tuple[JobFacts, bool]]:
    for row in rows:
        yield case_facts(row), LABELS[row["placeholder"]]


def case_facts(row: Mapping[str, str]) -> JobFacts:
    """A labelled case as the facts of a fixed-price post."""
    budget, level, duration = (row[name].strip() for name in ("budget_usd", "level", "duration"))
    hours = (row.get("hours") or "").strip()
    return JobFacts(
        kind=JobKind.FIXED,
        budget_cents=None if is_missing(budget) else sums_of(amount_of(budget), 100).middle,
        level=None if is_missing(level) else Level(level_word(level)),
        duration_days=DURATIONS[duration] if duration else None,
        hours_per_week=WORKLOADS[hours] if hours else None,
        description_characters=_characters(row),
        words=work_words(row.get("title") or "", row.get("description") or ""),
    )


def _characters(row: Mapping[str, str]) -> int | None:
    if row.get("description"):
        return len(row["description"])
    return whole_number(row.get("description_chars") or "")


def _lines(figures: Mapping[str, object]) -> Iterator[str]:
    yield f"{figures['cases']} cases, {figures['placeholders']} of them placeholders"
    yield f"Precision at a recall of 0.7: {figures['precision_at_recall_70']}"
    yield (
        f"At the threshold {figures['threshold']} of {THRESHOLD_OF}: precision"
        f" {figures['precision']}, recall {figures['recall']}; Brier score {figures['brier']}"
    )
    calibration = figures["calibration"]
    assert isinstance(calibration, list)
    for part in calibration:
        yield (
            f"  chance {part['from']} to {part['to']}: {part['cases']} cases,"
            f" said {part['said']}, were {part['were']}"
        )
    weights = figures.get("weights")
    if isinstance(weights, dict):
        yield from (f"  {name}: {weight}" for name, weight in weights.items())
