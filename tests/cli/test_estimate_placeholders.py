"""Budgets that are not meant: told on the labelled cases, and by the weights that ship."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connects.cli.commands.estimate_placeholders import case_facts
from connects.cli.main import main
from connects.estimate.placeholders import CASES, case_rows, fitted, read_cases
from connects.pricing.placeholder import CONSTANT, FEATURES, WEIGHTS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["estimate", "placeholders", *arguments])


def test_nine_of_ten_that_are_told_are_placeholders_when_seven_of_ten_are_found() -> None:
    figures = json.loads(run("--json").stdout)

    assert figures["cases"] >= 200
    assert figures["precision_at_recall_70"] >= 0.9
    assert figures["precision"] >= 0.9
    assert figures["recall"] >= 0.7
    assert figures["brier"] < 0.1


def test_the_weights_that_ship_are_those_that_all_cases_give() -> None:
    found = fitted(read_cases((case_facts(r), r["placeholder"] == "1") for r in case_rows(*CASES)))

    shipped = dict(zip(("constant", *FEATURES), (CONSTANT, *WEIGHTS), strict=True))
    assert shipped == pytest.approx(found, abs=0.02)


def test_no_case_says_twice_the_same() -> None:
    rows = [tuple(row.values()) for row in case_rows(*CASES)]

    assert len(set(rows)) == len(rows)


def test_cases_of_ones_own_are_judged_alike(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    lines = CASES[0].read_text().splitlines()
    own.write_text("\n".join([lines[0], *lines[1::2]]))

    assert "precision" in run(str(own), "--fit").stdout

    own.write_text("\n".join(lines[:3]))
    assert "at least 10 cases" in run(str(own)).stderr
    own.write_text("budget_usd\nmuch\n")
    assert "not a table of labelled cases" in run(str(own)).stderr
