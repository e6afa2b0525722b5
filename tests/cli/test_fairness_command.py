"""`connects fairness`: a report over any file of posts, under any rule books."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from connects.cli.main import main
from connects.policy.shelf import shipped_text

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
    assert list(found) == ["upwork-2019-05@2", "fair-2026@4"]
    assert found["fair-2026@4"]["whole"]["posts"] == 40


def test_all_rule_books_are_measured_on_the_same_values(posts: Path) -> None:
    both = ("--policy", "upwork-2019-05", "--policy", "fair-2026", "--json")
    by_default = json.loads(run(str(posts), *both)[1])
    by_one = json.loads(run(str(posts), *both, "--values", "upwork-2019-05@1")[1])

    for found in (by_default, by_one):
        old, new = found.values()
        assert old["values"] == new["values"]
        assert [tenth["value_cents"] for tenth in old["by"]["value"]] == [
            tenth["value_cents"] for tenth in new["by"]["value"]
        ]
    assert {found["values"] for found in by_default.values()} == {"fair-2026@4"}
    assert {found["values"] for found in by_one.values()} == {"upwork-2019-05@1"}


def test_a_rule_book_does_not_look_fairer_by_projecting_more(tmp_path: Path) -> None:
    """The two differ in what they make of a missing budget alone: their prices are the same."""
    text = shipped_text("upwork-2023").replace('fixed = "100.00"', 'fixed = "500.00"')
    dearer = tmp_path / "dearer.toml"
    dearer.write_text(text.replace('name = "upwork-2023"', 'name = "dearer"'))
    file = tmp_path / "posts.csv"
    file.write_text(f"{HEADER}\n1,A,fixed,,expert,Web,Peru\n2,A,fixed,80,expert,Web,Peru\n")

    _, output = run(str(file), "--policy", "upwork-2023", "--policy", str(dearer), "--json")

    found = json.loads(output)
    assert found["upwork-2023@2"]["whole"]["mean"] < found["dearer@2"]["whole"]["mean"]
    assert (
        found["dearer@2"]["whole"]["value_cents"] == found["upwork-2023@2"]["whole"]["value_cents"]
    )


def test_shares_are_compared_in_one_currency_only(posts: Path, tmp_path: Path) -> None:
    euro = tmp_path / "euro.toml"
    text = shipped_text("upwork-2023").replace('"USD"', '"EUR"')
    euro.write_text(text.replace('name = "upwork-2023"', 'name = "euro"'))

    code, output = run(str(posts), "--policy", "upwork-2023", "--policy", str(euro))

    assert code == 2
    assert "euro@2 counts in EUR, fair-2026@4 in USD" in output
    assert run(str(posts), "--policy", str(euro))[0] == 0


def test_rule_books_stand_side_by_side_with_the_gentlest_first(posts: Path) -> None:
    books = ("--policy", "upwork-2025", "--policy", "fair-2026")

    lines = run(str(posts), *books)[1].splitlines()

    sentence = next(place for place, line in enumerate(lines) if line.startswith("Under fair-2026"))
    table = [
        line.split("@")[0] for line in lines[sentence:] if line.startswith("  ") and "@" in line
    ]
    assert table == ["  fair-2026", "  upwork-2025"]
    assert max(map(len, lines[sentence:])) <= 80


def test_a_source_can_be_looked_at_by_itself(posts: Path) -> None:
    _, output = run(str(posts), "--policy", "fair-2026", "--source", "B", "--json")

    assert json.loads(output)["fair-2026@4"]["whole"]["posts"] == 20


def test_sources_that_are_put_together_are_named(posts: Path) -> None:
    _, output = run(str(posts), "--policy", "fair-2026")
    _, of_one = run(str(posts), "--policy", "fair-2026", "--source", "B")

    assert "posts of 2 sources are put together (A, B); --source picks one" in output
    assert "put together" not in of_one


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
        f"{empty}: no post of it can be priced under fair-2026@4\n",
    )
    code, output = run(str(tmp_path / "none.csv"), "--policy", "fair-2026")
    assert code == 2
    assert "No such file" in output
