"""`connects policy fit` and `connects demand`, as a policy person calls them."""

import itertools
import json
from pathlib import Path
from random import Random

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


def test_a_fit_says_how_it_does_on_posts_set_aside_and_who_pays(posts: str) -> None:
    code, output = run("policy", "fit", posts, "--base", "upwork-2019-05", "--json")

    told = json.loads(output)
    assert code == 0
    assert 30 <= told["aside"]["posts"] < 80
    assert told["aside"]["revenue_percent"]["low"] < told["aside"]["revenue_percent"]["high"]
    assert told["who_pays"][0]["posts"] == 160
    assert told["values"] == "fair-2026@4"
    assert (told["elasticity"]["measured"], told["elasticity"]["number"]) == (False, 0.3)
    steps = [step["connects"] for step in told["card"]]
    assert all(after - before <= 4 for before, after in itertools.pairwise(steps))


def test_a_fit_that_misses_its_targets_exits_1(posts: str) -> None:
    code, output = run("policy", "fit", posts, "--base", "upwork-2019-05", "--revenue", "900")

    assert code == 1
    assert "misses the targets" in output


def test_too_few_posts_are_no_history(tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    file.write_text("job_id,kind,budget_usd\n1,fixed,50\n")

    code, output = run("policy", "fit", str(file), "--base", "fair-2026")

    assert code == 2
    assert "1 posts are too few" in output


def test_what_is_assumed_of_a_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    rows = [f"{n},fixed,{20 + 30 * n}" for n in range(1, 61)]
    file.write_text("\n".join(["job_id,kind,budget_usd", *rows]))

    _, output = run("policy", "fit", str(file), "--base", "upwork-2023", "--json")

    remarks = " ".join(json.loads(output)["remarks"])
    assert "60 of 60 posts do not say how many proposals" in remarks
    assert "No post asks for entry level" in remarks


def test_a_fit_whose_rule_book_lets_money_cost_less_writes_nothing(
    posts: str, tmp_path: Path
) -> None:
    out = tmp_path / "new.toml"

    code, output = run("policy", "fit", posts, "--base", "fair-2026@1", "--out", str(out))

    assert code == 2
    assert "Nothing was written" in output
    assert "more money costs less" in output
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--bands", "3"], "--shape bands"),
        (["--name", 'Bad "x'], "small letters"),
        (["--asked-under", "upwork-2023"], "--compare"),
        (["--compare", "budget_usd"], "no ladder"),
    ],
)
def test_options_that_would_do_nothing_are_refused(
    posts: str, options: list[str], words: str
) -> None:
    code, output = run("policy", "fit", posts, "--base", "upwork-2019-05", *options)

    assert code == 2
    assert words in output


def test_the_elasticity_is_measured_where_all_prices_were_moved_for_a_while(tmp_path: Path) -> None:
    """Eight stretches of 100 posts; in every other one a proposal costs a step more, and draws fewer."""
    chance, rows = Random(3), []
    for n in range(800):
        shifted = n // 100 % 2
        cost = 6 if shifted else 4
        tier = TIERS[2] if chance.random() < (0.3 if shifted else 0.4) else TIERS[1]
        rows.append(f"{n},fixed,{60 + n % 500},Web,{tier},{n // 20},{cost}")
    file = tmp_path / "posts.csv"
    header = "job_id,kind,budget_usd,category,proposals_tier,batch,asked"
    file.write_text("\n".join([header, *rows]))
    options = (
        "--base",
        "fair-2026",
        "--compare",
        "asked",
        "--asked-under",
        "upwork-2023",
        "--json",
    )

    _, output = run("policy", "fit", str(file), *options)

    told = json.loads(output)["elasticity"]
    assert told["measured"]
    assert told["stretches"] == 8
    assert told["low"] < told["number"] < told["high"]
    assert told["number"] > 0
    _, output = run("policy", "fit", str(file), *options, "--elasticity", "0.5")
    assert json.loads(output)["elasticity"]["number"] == 0.5
    assert "Measured by this file" in json.loads(output)["remarks"][-1]


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
