"""`connects policy fit` and `connects demand`, as a policy person calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from connects.cli.main import main

HEADER = "job_id,source,observed,posted_at,kind,budget_usd,experience_level,category,proposals_tier"
TIERS = ("lt_5", "5_10", "20_50")


@pytest.fixture
def posts(tmp_path: Path) -> str:
    rows = [
        f"{n},A,2023-01-01,2022-12-31T{n % 24:02}:10Z,fixed,{n * 25},"
        f"{('entry', 'expert')[n % 2]},{('Web', 'Law')[n % 3 > 0]},{TIERS[n % 3]}"
        for n in range(1, 161)
    ]
    file = tmp_path / "posts.csv"
    file.write_text("\n".join([HEADER, *rows]))
    return str(file)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


@pytest.mark.parametrize("shape", ["progressive", "bands"])
def test_a_fitted_rule_book_is_whole_and_prices_as_the_report_says(
    posts: str, tmp_path: Path, shape: str
) -> None:
    book, page = tmp_path / "new.toml", tmp_path / "report.html"

    code, output = run(
        *("policy", "fit", posts, "--base", "upwork-2019-05", "--shape", shape, "--json"),
        *("--out", str(book), "--report", str(page), "--name", "tried"),
    )

    figures = json.loads(output)
    assert code == 0
    assert figures["met"]
    assert figures["outcome"]["revenue"] >= figures["base"]["revenue"]
    assert run("policy", "check", str(book)) == (0, f"{book}: ok, tried@1\n")
    assert "Assumed, not measured" in page.read_text()
    code, priced = run("price", posts, "--policy", str(book), "--json")
    assert code == 0, priced


def test_the_same_history_gives_the_same_card(posts: str) -> None:
    arguments = ("policy", "fit", posts, "--base", "fair-2026", "--json")

    assert run(*arguments) == run(*arguments)


def test_a_fit_without_posts_or_price_says_so(posts: str, tmp_path: Path) -> None:
    code, output = run("policy", "fit", posts, "--base", "fair-2026", "--source", "Z")
    assert (code, output) == (2, f"{posts}: no posts to fit to\n")
    code, output = run("policy", "fit", posts, "--base", "none")
    assert code == 2


def test_measures_of_demand_are_compared_by_source(posts: str) -> None:
    code, output = run("demand", posts, "--json")

    found = json.loads(output)
    assert code == 0
    assert set(found["A"][0]) == {"name", "explained", "low", "high"}
    # The tier follows from the number, and the category from the tier.
    assert found["A"][0]["explained"] > 30


def test_posts_without_proposals_cannot_be_compared(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("job_id,kind\n1,fixed\n")

    code, output = run("demand", str(file))

    assert (code, output) == (2, f"{file}: the header has no column proposals_tier\n")
