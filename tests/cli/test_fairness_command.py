"""`connects fairness`: a report over any file of posts, under any rule books."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from connects.cli.main import main

HEADER = "job_id,source,kind,budget_usd,experience_level,category,country"


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    file = tmp_path / "posts.csv"
    categories = ["<Design> & Art"] * 30 + ["Law"] * 10
    rows = [
        f"{n},{'AB'[n % 2]},fixed,{20 + 40 * n},entry,{category},Peru"
        for n, category in enumerate(categories, start=1)
    ]
    file.write_text("\n".join([HEADER, *rows, "41,A,unreadable,,,,"]))
    return file


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["fairness", *arguments])
    return result.exit_code, result.output


def test_figures_are_given_for_each_rule_book(posts: Path) -> None:
    code, output = run(str(posts), "--policy", "upwork-2019-05", "--policy", "fair-2026", "--json")

    found = json.loads(output)
    assert code == 0
    assert list(found) == ["upwork-2019-05@2", "fair-2026@2"]
    assert found["fair-2026@2"]["whole"]["posts"] == 40


def test_a_source_can_be_looked_at_by_itself(posts: Path) -> None:
    _, output = run(str(posts), "--policy", "fair-2026", "--source", "B", "--json")

    assert json.loads(output)["fair-2026@2"]["whole"]["posts"] == 20


def test_the_report_is_one_file_that_fetches_and_runs_nothing(posts: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"

    code, output = run(str(posts), "--policy", "fair-2026", "--out", str(out))

    page = out.read_text()
    assert code == 0, output
    assert "&lt;Design&gt; &amp; Art" in page
    assert "<Design>" not in page
    assert page.count("<svg") >= 1
    assert not [word for word in ("<script", "src=", "@import", "url(") if word in page]


def test_what_cannot_be_read_or_priced_is_said_plainly(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text(HEADER)

    assert run(str(empty), "--policy", "fair-2026") == (
        2,
        f"{empty}: no post of it can be priced under fair-2026@2\n",
    )
    code, output = run(str(tmp_path / "none.csv"), "--policy", "fair-2026")
    assert code == 2
    assert "No such file" in output
