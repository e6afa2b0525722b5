"""Training, evaluating and explaining on the command line."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connects.cli.main import main
from tests.estimate.histories import fixed_posts, written

KEYS = (
    "n mae_log default_mae_log best_baseline best_baseline_mae_log improvement coverage_80"
    " band_agreement best_baseline_band_agreement"
).split()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["estimate", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONNECTS_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("CONNECTS_MODEL", raising=False)
    return tmp_path


def test_a_model_is_trained_and_asked_about_a_file_it_never_saw(folder: Path) -> None:
    history = written(fixed_posts(150), folder / "history.csv")
    unseen = written(fixed_posts(80, seed=2), folder / "unseen.csv")

    training = run("train", history)
    evaluation = run("evaluate", unseen, "--json")

    assert training.exit_code == 0, training.output
    assert "Source S, fixed: 150 posts" in training.stdout
    figures = json.loads(evaluation.stdout)["sources"]
    assert figures.keys() == {"S"}
    assert set(KEYS) <= figures["S"].keys()
    assert figures["S"]["n"] == 80

    explained = run("explain", unseen, "S3")
    assert "Estimated budget: $" in explained.stdout
    assert "without its category: $" in explained.stdout


def test_without_a_model_a_file_is_split_by_time_and_so_it_is_for_the_file_learned_from(
    folder: Path,
) -> None:
    history = written(fixed_posts(80), folder / "history.csv")
    model = folder / "kept.model"
    run("train", history, "--out", model)

    for asked in (run("evaluate", history), run("evaluate", history, "--model", model)):
        assert asked.exit_code == 0, asked.output
        assert "Source S: split by time" in asked.stderr
        assert re.search(r"^S +20 ", asked.stdout, re.MULTILINE)
        assert max(map(len, asked.stdout.splitlines())) <= 80


def test_medians_are_rounded_and_of_groups_that_are_large_enough(folder: Path) -> None:
    history = written(fixed_posts(200), folder / "history.csv")

    lines = run("medians", history, "--fewest", "60").stdout.splitlines()

    assert lines[0] == "source,kind,grouping,group,median_usd"
    assert any(line.startswith('S,fixed,category,"Shops",') for line in lines)
    assert not any("level and duration" in line for line in lines)
    assert all(int(line.rsplit(",", 1)[1]) % 10 == 0 for line in lines[1:])


def test_what_cannot_be_done_is_said_plainly(folder: Path) -> None:
    few = written(fixed_posts(5), folder / "few.csv")
    (folder / "other.csv").write_text("a,b\n1,2\n")

    assert "20 posts" in run("train", few).stderr
    assert "No such file" in run("train", folder / "absent.csv").stderr
    assert "no column" in run("evaluate", folder / "other.csv").stderr
    assert "`connects estimate train FILE` makes a model" in run("explain", few, "S1").stderr
    assert "not a model" in run("evaluate", few, "--model", few).stderr
