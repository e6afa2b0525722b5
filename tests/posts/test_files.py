"""JSON, workbooks and Parquet are read like CSV; a mapping overrules what is guessed of columns."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from connects.posts.mapping import read_map
from connects.posts.unreadable import TableUnreadable
from tests.posts.written_files import posts_in, read, run, workbook

PAGE = [
    {"title": "Shop", "job_type": "Fixed price", "rate": "Est. budget: $1,000.00", "seen": ["a"]},
    {"title": "Calls", "job_type": "Hourly", "rate": "Hourly: $8.00 - $25.00", "seen": [{"x": 1}]},
]
API = {
    "status": "success",
    "result": {
        "projects": [
            {
                "id": 7,
                "type": "fixed",
                "time_submitted": 1700000000,
                "budget": {"minimum": 250.0, "maximum": 750.0},
                "currency": {"code": "EUR", "exchange_rate": 1.1},
                "jobs": [{"name": "Python"}, {"name": "Go"}],
                "bid_stats": {"bid_count": 12},
            }
        ]
    },
}


def test_posts_of_a_page_are_read_from_json(tmp_path: Path) -> None:
    fixed, hourly = (r.row for r in posts_in(tmp_path / "a.json", json.dumps(PAGE)))

    assert fixed
    assert hourly
    assert fixed.facts.budget_cents == 100_000
    assert (hourly.facts.hourly_min_cents, hourly.facts.hourly_max_cents) == (800, 2500)


def test_an_answer_of_a_service_is_read_where_its_posts_are(tmp_path: Path) -> None:
    (found,) = posts_in(tmp_path / "a.json", json.dumps(API))

    assert found.row
    assert found.row.facts.budget_cents == 55_000
    assert found.cells["skills"] == "Python|Go"
    assert found.cells["proposals_tier"] == "10_15"
    assert found.cells["posted_at"] == "2023-11-14T22:13Z"


def test_rows_that_hold_rows_are_read_as_the_rows_that_look_like_posts(tmp_path: Path) -> None:
    document = [{"company": "A", "jobs": PAGE}, {"company": "B", "jobs": PAGE[:1]}]
    (tmp_path / "a.json").write_text(json.dumps(document))

    found, table = read(tmp_path / "a.json")

    assert len(found) == 3
    assert "the posts at [].jobs" in table.raw.shape
    assert any("Lists left out" in remark for remark in table.remarks())


def test_json_lines_are_read_one_by_one_and_bad_ones_named(tmp_path: Path) -> None:
    lines = [json.dumps(PAGE[0]), "{oops", json.dumps(PAGE[1]), "[1]"]

    found = posts_in(tmp_path / "a.jsonl", "\n".join(lines))

    assert [r.problem for r in found] == ["", "not an object of JSON", "", "not an object of JSON"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "no row of it is an object with names"),
        ('{"a": 1', "not JSON"),
        ('{"settings": {"x": [1]}}', "no list of posts"),
        ('[{"a": ' * 5_000, "nested too deeply"),
        ('[{"b": 1}]', "no column kind"),
    ],
)
def test_json_without_posts_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TableUnreadable) as refused:
        posts_in(tmp_path / "a.json", text)

    assert said in str(refused.value)


def test_a_workbook_is_read_and_formulas_without_a_value_are_named(tmp_path: Path) -> None:
    rows = [["Job Type", "Budget"], ["Fixed-price", "$1,500.00"], ["Fixed-price", "=1+1"]]

    found, table = read(workbook(tmp_path / "a.xlsx", rows))

    assert [r.row and r.row.facts.budget_cents for r in found] == [150_000, None]
    assert any("Formulas without a value, read as empty: 1 (B3)" in r for r in table.remarks())


def test_parquet_is_read_with_its_types(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "job_id": [1, 2, 3],
            "kind": ["fixed", "hourly", None],
            "budget_usd": [1500.125, None, float("nan")],
            "hourly_mid": [None, 22.0, None],
            "client_payment_verified": [True, None, False],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    frame.with_columns(pl.struct("kind").alias("nested")).write_parquet(tmp_path / "n.parquet")

    for name in ("a", "n"):
        fixed, hourly, neither = read(tmp_path / f"{name}.parquet")[0]
        assert fixed.row
        assert hourly.row
        assert (fixed.row.job_id, fixed.row.facts.budget_cents) == ("1", 150_012)
        assert fixed.row.facts.client_payment_verified is True
        assert hourly.row.facts.hourly_max_cents == 2_200
        assert neither.row
        assert neither.row.facts.kind == "hourly"


def test_without_the_extra_a_command_says_how_to_install_it(tmp_path: Path) -> None:
    pl.DataFrame({"kind": ["fixed"], "budget": [5]}).write_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_text("kind,budget\nfixed,5\n")
    program = """
import sys
class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"polars", "fastexcel"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, NotInstalled())
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name: None if name in {"polars", "fastexcel"} else found(name)
from connects.cli.main import main
main(["price", sys.argv[1], "--policy", "fair-2026"])
"""

    def priced(name: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, str(tmp_path / name)]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    refused, read_plainly = priced("a.parquet"), priced("a.csv")

    assert refused.returncode == 2
    assert "install connects[files]" in refused.stderr
    assert read_plainly.returncode == 0, read_plainly.stderr


def test_a_mapping_is_guessed_shown_saved_and_used(tmp_path: Path) -> None:
    posts, mapping = tmp_path / "a.csv", tmp_path / "map.toml"
    posts.write_text("Logo,6 days,75.64\nPage,5 days,305.0-916.22\nHelp,2 days,15.86/hr\n")

    refused = run("price", posts, "--policy", "fair-2026")
    saved = run("posts", "map", posts, "--out", mapping)
    priced = run("price", posts, "--policy", "fair-2026", "--map", mapping, "--json")

    assert refused.exit_code == 2
    assert "there is no header" in refused.stderr
    assert saved.exit_code == 0
    assert read_map(str(mapping)).columns["amount"] == "#3"
    assert json.loads(priced.stdout)["priced"] == 3


def test_a_mapping_adds_words_values_and_rates(tmp_path: Path) -> None:
    mapping, posts = tmp_path / "map.toml", tmp_path / "a.csv"
    posts.write_text("Art,Betrag\nauf Stunden,EUR 10\npauschal,EUR 100\n")
    mapping.write_text(
        '[columns]\nkind = "Art"\namount = "Betrag"\n[values]\nsource = "X"\n[rates]\nEUR = 1.5\n'
        '[words.kind]\n"auf Stunden" = "hourly"\n"Pauschal" = "fixed"\n'
    )

    hourly, fixed = (r.row for r in read(posts, read_map(str(mapping)))[0])

    assert hourly
    assert fixed
    assert (hourly.facts.hourly_min_cents, fixed.facts.budget_cents) == (1_500, 15_000)
    assert fixed.source == "X"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[columns]\nprize = 'x'\n", "'prize' is not known"),
        ("[columns]\nkind = 3\n", "expected a text in quotes"),
        ("[rates]\nEUR = -1\n", "expected a rate above 0"),
        ("[rates]\nEUR = nan\n", "expected a rate above 0"),
        ("kind = ", "expected a mapping in TOML"),
        ("[columns]\nkind = 'Nowhere'\n", "there is no column Nowhere"),
        ("[file]\nencoding = 'klingon'\n[columns]\nkind = 'kind'\n", "no encoding 'klingon'"),
        ('[file]\nencoding = "a\\u0000b"\n[columns]\nkind = "kind"\n', "no encoding"),
        ("[file]\nencoding = 'utf-7'\n[columns]\nkind = 'kind'\n", "no encoding 'utf-7'"),
        ("[file]\nencoding = 'utf-16'\n[columns]\nkind = 'kind'\n", "there is no column kind"),
    ],
)
def test_a_wrong_mapping_is_refused_with_what_is_wrong(
    tmp_path: Path, text: str, said: str
) -> None:
    mapping, posts = tmp_path / "map.toml", tmp_path / "a.csv"
    mapping.write_text(text)
    posts.write_text("kind,budget\nfixed,5\n")

    refused = run("price", posts, "--policy", "fair-2026", "--map", mapping)

    assert refused.exit_code == 2
    assert said in refused.stderr


def test_another_currency_needs_a_rate(tmp_path: Path) -> None:
    text = "kind,budget\nfixed,€100\nfixed,100\n"

    in_dollars = posts_in(tmp_path / "a.csv", text)
    in_euros = posts_in(tmp_path / "a.csv", text, currency="EUR")

    assert in_dollars[0].problem.startswith("budget: in EUR, and the rule book counts in USD")
    assert [r.row and r.row.facts.budget_cents for r in in_euros] == [10_000, 10_000]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Rs. 5,000", "in INR"),
        ("500 rupees", "in INR"),
        ("500 euros", "in EUR"),
        ("500 kr", "in kr, which several countries have"),
    ],
)
def test_money_that_is_named_in_words_is_never_taken_for_dollars(
    tmp_path: Path, cell: str, said: str
) -> None:
    (found,) = posts_in(tmp_path / "a.csv", f'kind,budget\nfixed,"{cell}"\n')

    assert found.row is None
    assert said in found.problem


def test_whose_crowns_are_meant_may_stand_in_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("kind,budget\nfixed,500 kr\n")
    (tmp_path / "map.toml").write_text(
        "currency = 'SEK'\n[columns]\nkind = 'kind'\namount = 'budget'\n[rates]\nSEK = 0.1\n"
    )

    (found,), _ = read(tmp_path / "a.csv", read_map(str(tmp_path / "map.toml")))

    assert found.row
    assert found.row.facts.budget_cents == 50_00


def test_bare_numbers_are_no_levels_unless_a_name_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("no,kind,budget\n1,fixed,5\n2,fixed,6\n3,fixed,7\n")

    _, table = read(tmp_path / "a.csv")

    assert table.unused == ["no"]


def test_the_guess_needs_cells_that_agree(tmp_path: Path) -> None:
    text = "type,how,level,budget\nFull-time,Fixed,$$$,$5\nPart-time,Hourly,$,$6\n"

    (tmp_path / "a.csv").write_text(text)
    _, table = read(tmp_path / "a.csv")

    assert table.mapping.columns == {"kind": "how", "amount": "budget", "experience_level": "level"}
    assert table.unused == ["type"]


def test_halves_of_characters_in_json_are_replaced_as_nothing_can_encode_them(
    tmp_path: Path,
) -> None:
    text = '[{"job_id": "\\ud800", "kind": "fixed", "budget_usd": 5, "title": "Logo \\udfff"}]'

    (found,) = posts_in(tmp_path / "a.json", text)

    assert (found.cells["job_id"], found.cells["title"]) == ("\ufffd", "Logo \ufffd")
