"""Commands that read posts say what they read, and never end well over nothing or over their input."""

import json
import os
from pathlib import Path

import pytest

from tests.posts.written_files import run

TABLE = "job_id,kind,budget,shoe_size\n1,Fixed,$300,44\n2,Fixed,$40,39\n"


def file_of(folder: Path, text: str = TABLE) -> Path:
    (folder / "a.csv").write_text(text)
    return folder / "a.csv"


def test_a_run_names_the_columns_that_it_read_and_those_that_it_did_not(tmp_path: Path) -> None:
    said = run("price", file_of(tmp_path), "--policy", "fair-2026")
    told = json.loads(run("price", file_of(tmp_path), "--policy", "fair-2026", "--json").output)

    assert "amount from 'budget'" in said.stderr
    assert "not used: shoe_size" in said.stderr
    assert told["file"]["unused"] == ["shoe_size"]
    assert told["file"]["columns"]["amount"] == "budget"


def test_a_number_that_stands_twice_is_named_and_both_posts_are_priced(tmp_path: Path) -> None:
    rows = "job_id,kind,budget_usd\n7,fixed,5\n8,fixed,50\n7,fixed,900\n7,fixed,901\n"

    said = run("price", file_of(tmp_path, rows), "--policy", "fair-2026")
    told = json.loads(
        run("price", file_of(tmp_path, rows), "--policy", "fair-2026", "--json").output
    )

    assert (
        "job_id: 2 lines repeat the number of an earlier post, such as '7' in line 4" in said.stderr
    )
    assert "4 rows: 4 priced" in said.stdout
    assert any("repeat the number" in remark for remark in told["file"]["remarks"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind,budget\nfixed,\nhourly,\n", "no row has an amount"),
        ("kind,budget\nfixed,5\nbarter,5\nbarter,6\n", "only 1 of 3 rows could be priced"),
        ("kind,budget\n", "there is no row of posts"),
    ],
)
def test_a_run_that_priced_too_little_exits_1(tmp_path: Path, text: str, said: str) -> None:
    result = run("price", file_of(tmp_path, text), "--policy", "fair-2026")

    assert result.exit_code == 1
    assert said in result.stderr


def test_how_much_is_too_little_can_be_said(tmp_path: Path) -> None:
    file = file_of(tmp_path, "kind,budget\nfixed,5\nbarter,5\nbarter,6\n")

    assert run("price", file, "--policy", "fair-2026", "--least", "30").exit_code == 0


def test_a_run_without_amounts_exits_1_for_every_report(tmp_path: Path) -> None:
    file = file_of(tmp_path, "kind,budget\n" + "fixed,\n" * 40)

    assert run("fairness", file, "--policy", "fair-2026").exit_code == 1
    assert run("policy", "fit", file, "--base", "fair-2026").exit_code == 1
    demand = run("demand", file_of(tmp_path, "kind,proposals_tier\nfixed,12\n"))
    assert demand.exit_code == 1
    assert "no source has enough posts" in demand.stderr


COMMANDS = (
    ("price", "--policy", "fair-2026", "--out"),
    ("fairness", "--policy", "fair-2026", "--out"),
    ("policy", "fit", "--base", "fair-2026", "--out"),
    ("policy", "fit", "--base", "fair-2026", "--report"),
    ("estimate", "train", "--out"),
    ("posts", "map", "--out"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("by", ["name", "link", "hard link"])
def test_an_output_never_goes_onto_an_input(
    tmp_path: Path, command: tuple[str, ...], by: str
) -> None:
    file, out = file_of(tmp_path), tmp_path / "a.csv"
    if by != "name":
        out = tmp_path / "b.csv"
        (os.symlink if by == "link" else os.link)(file, out)

    result = run(*command, out, file)

    assert result.exit_code == 2
    assert "this is a file that is read" in result.stderr
    assert file.read_text() == TABLE


def test_a_run_that_breaks_off_leaves_the_old_output_as_it_was(tmp_path: Path) -> None:
    file, out = tmp_path / "a.csv.gz", tmp_path / "out.csv"
    import gzip

    file.write_bytes(gzip.compress((TABLE + "3,Fixed,$5,1\n" * 90_000).encode())[:-40])
    out.write_text("old")

    result = run("price", file, "--policy", "fair-2026", "--out", out)

    assert result.exit_code == 2
    assert out.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv.gz", "out.csv"]


def test_formulas_in_cells_are_named_or_made_harmless(tmp_path: Path) -> None:
    text = 'job_id,kind,budget\n"=HYPERLINK(""x"")",fixed,5\n2,fixed,=1+1\n3,fixed,6\n'

    result = run("price", file_of(tmp_path, text), "--policy", "fair-2026", "--out", "-")

    assert "'=HYPERLINK" in result.stdout
    assert "line 3: budget: expected a number or an amount of money, found '=1+1'" in result.stdout
