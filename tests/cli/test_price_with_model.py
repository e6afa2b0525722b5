"""Pricing with a learned model, and explaining one price in words and in codes."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connects.cli.main import main
from connects.estimate.model import Model
from connects.estimate.model_file import write_model
from connects.estimate.training import train
from connects.vocabulary.facts import JobKind
from tests.estimate.histories import fixed_posts, written

POSTS = fixed_posts(150)
HIDDEN = [
    replace(post, job_id=f"hidden-{post.job_id}", budget_cents=None)
    for post in fixed_posts(30, seed=2)
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "estimate.model"
    write_model(Model("2026-01-29", "d" * 64, "test", train(POSTS)), path)
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["price", *map(str, arguments), "--policy", "fair-2026"])


def test_what_posts_leave_out_is_estimated_in_bulk_as_one_by_one(
    tmp_path: Path, model: Path
) -> None:
    file, out = written([*POSTS[:30], *HIDDEN], tmp_path / "posts.csv"), tmp_path / "prices.csv"

    assert run(file, "--model", model, "--out", out).exit_code == 0

    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert len(rows) == 60
    assert ["value_estimated" in row["reasons"] for row in rows[30:]] == [True] * 30
    for row in rows[30:33]:
        alone = run(file, "--model", model, "--explain", row["job_id"], "--json")
        assert json.loads(alone.output)["connects"] == int(row["connects"])


def test_an_explanation_lists_inputs_assumptions_interval_and_what_would_change_it(
    tmp_path: Path, model: Path
) -> None:
    file = written(HIDDEN, tmp_path / "posts.csv")

    lines = run(file, "--model", model, "--explain", HIDDEN[0].job_id).output
    shown = json.loads(run(file, "--explain", HIDDEN[0].job_id, "--json").output)

    for part in ("Band: ", "Value: about $", "What was assumed:", "fair-2026@"):
        assert part in lines
    assert "80 %" not in lines
    assert "With a budget of" in lines
    assert shown["inputs"]["kind"] == JobKind.FIXED
    assert "no_model" in {reason["code"] for reason in shown["reasons"]}
    assert shown["low_cents"] < shown["value_cents"] < shown["high_cents"]
    assert all(edit["connects"] != shown["connects"] for edit in shown["edits"])


def test_a_post_or_a_model_that_is_not_there_is_named(tmp_path: Path, model: Path) -> None:
    file = written(HIDDEN, tmp_path / "posts.csv")

    unknown = run(file, "--explain", "nobody")
    missing = run(file, "--model", tmp_path / "none.model")

    assert (unknown.exit_code, missing.exit_code) == (2, 2)
    assert "no readable post nobody" in unknown.output
    assert "connects estimate train FILE" in missing.output
