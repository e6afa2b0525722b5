"""Tables as exports, spreadsheets and feeds bring them: read as they are meant, or refused by name."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from connects.posts.unreadable import TableUnreadable
from connects.vocabulary.facts import JobFacts, JobKind
from tests.posts.written_files import posts_in, read, run, workbook

NAMES = "Job ID,Job Type,Budget\n"
TWO = "1,Fixed,$500\n2,Hourly,$15-$30\n"


def told(facts: JobFacts) -> tuple[str, int | None, int | None, int | None]:
    return (
        facts.kind.value,
        facts.budget_cents,
        facts.hourly_min_cents,
        facts.hourly_max_cents,
    )


def is_the_two(file: Path, content: str | bytes) -> bool:
    rows = posts_in(file, content)
    found = [told(read_row.row.facts) for read_row in rows if read_row.row]
    return found == [("fixed", 500_00, None, None), ("hourly", None, 15_00, 30_00)]


@pytest.mark.parametrize(
    "content",
    [
        f"Exported by a program,,\nOn 3 January,,\n{NAMES}{TWO}",
        f"Exported by a program\n\n{NAMES}{TWO}",
        f"# jobs, as of today\n{NAMES}{TWO}",
        ("Titel\n" + NAMES + TWO).replace(",", ";"),
        f"Job,Payment,\nID,Type,Amount\n{TWO}",
        (NAMES + TWO).replace(",", "^"),
        (NAMES + TWO).replace(",", "~"),
        f"ID,Type,Budget (USD)\n{TWO}",
        "ID,Type,Budget\n1,\u200bFixed\u200b,\u200e$500\u200f\n2,Hourly,\ufeff$15-$30\n",
    ],
)
def test_what_stands_around_a_table_does_not_hide_it(tmp_path: Path, content: str) -> None:
    assert is_the_two(tmp_path / "posts.csv", content)


def test_the_ends_of_a_range_stand_under_one_name(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("Job,Payment,Budget,\nID,Type,Min,Max\n1,Fixed,50,100\n2,Hourly,15,30\n")
    rows, table = read(file)

    fixed, hourly = (told(each.row.facts) for each in rows if each.row)
    assert fixed == ("fixed", 75_00, None, None)
    assert hourly == ("hourly", None, 15_00, 30_00)
    assert any("left out: line 1" in remark for remark in table.raw.remarks)


def test_a_name_may_reach_over_both_rows_of_names(tmp_path: Path) -> None:
    rows = ("ID,Type,Budget,,Rate,", ",,Min,Max,Min,Max", "1,Fixed,50,100,,", "2,Hourly,,,15,30")
    file = workbook(tmp_path / "posts.xlsx", [row.split(",") for row in rows])
    csv = tmp_path / "posts.csv"
    csv.write_text("\n".join(rows))

    for each in (file, csv):
        fixed, hourly = (told(found.row.facts) for found in read(each)[0] if found.row)
        assert fixed == ("fixed", 75_00, None, None)
        assert hourly == ("hourly", None, 15_00, 30_00)


def test_a_saved_mapping_finds_the_table_again(tmp_path: Path) -> None:
    file, mapping = tmp_path / "posts.csv", tmp_path / "map.toml"
    file.write_text(f"Exported,,\n\n{NAMES}{TWO}")

    assert run("posts", "map", file, "--out", mapping).exit_code == 0
    priced = run("price", file, "--policy", "fair-2026", "--map", mapping, "--json")

    assert priced.exit_code == 0, priced.output
    assert json.loads(priced.stdout)["priced"] == 2


def test_a_sheet_may_have_a_title_above_its_table(tmp_path: Path) -> None:
    rows = [
        ["Monthly export", "", ""],
        ["", "", ""],
        ["id", "type", "budget"],
        ["1", "Fixed", "500"],
    ]
    (post,), _ = read(workbook(tmp_path / "posts.xlsx", rows))

    assert post.line == 4
    assert post.row is not None
    assert told(post.row.facts) == ("fixed", 500_00, None, None)


@pytest.mark.parametrize(
    "document",
    [
        [["id", "type", "budget"], [1, "fixed", 500], [2, "hourly", "$15-$30"]],
        {
            "columns": ["id", "type", "budget"],
            "index": [0, 1],
            "data": [[1, "fixed", 500], [2, "hourly", "$15-$30"]],
        },
        [{"type": "fixed", "budget": 500}, {"type": "hourly", "rate": "$15-$30"}],
        [
            {"node": {"type": "FIXED", "amount": {"amount": "500.0", "currency": "USD"}}},
            {
                "node": {
                    "type": "HOURLY",
                    "hourlyBudgetMin": {"amount": 15},
                    "hourlyBudgetMax": {"amount": 30},
                }
            },
        ],
    ],
)
def test_json_that_is_no_plain_list_of_posts_is_read(tmp_path: Path, document: object) -> None:
    assert is_the_two(tmp_path / "posts.json", json.dumps(document))


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
@pytest.mark.parametrize("indent", [None, 2])
def test_posts_may_stand_one_after_the_other(
    tmp_path: Path, between: str, indent: int | None
) -> None:
    posts = [{"id": "1", "type": "Fixed", "budget": "$500"}]
    posts.append({"id": "2", "type": "Hourly", "budget": "$15-$30"})
    content = between.join(json.dumps(post, indent=indent) for post in posts)

    assert is_the_two(tmp_path / "posts.json", content)


def test_whose_money_it_is_may_stand_inside_of_an_amount(tmp_path: Path) -> None:
    document = [{"type": "fixed", "budget": {"amount": 500, "currencyCode": "EUR"}}]
    (post,) = posts_in(tmp_path / "posts.json", json.dumps(document))

    assert post.row is None
    assert "in EUR" in post.problem


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("1\u2009500", 1_500_00),
        ("100 USD (negotiable)", 100_00),
        ("N.A.", None),
        ("TBD", None),
        ("Not sure", None),
        ("...", None),
    ],
)
def test_cells_are_read_as_people_mean_them(tmp_path: Path, cell: str, cents: int | None) -> None:
    post, _ = posts_in(tmp_path / "posts.csv", f"id,type,budget\n1,fixed,{cell}\n2,fixed,70\n")

    assert post.row is not None, post.problem
    assert (post.row.facts.kind, post.row.facts.budget_cents) == (JobKind.FIXED, cents)


@pytest.mark.parametrize("cell", ["(500)", "1 fixed 500", "1^500", "3 & 500", "1/2"])
def test_what_is_no_amount_is_none(tmp_path: Path, cell: str) -> None:
    post, _ = posts_in(tmp_path / "posts.csv", f"id,type,budget\n1,fixed,{cell}\n2,fixed,70\n")

    assert post.row is None
    assert cell in post.problem


def zipped(**inside: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in inside.items():
            archive.writestr(name.replace("_", "."), text)
    return packed.getvalue()


def test_an_archive_may_hold_a_note_beside_its_table(tmp_path: Path) -> None:
    assert is_the_two(tmp_path / "a.zip", zipped(jobs_csv=NAMES + TWO, README_txt="About"))
    with pytest.raises(TableUnreadable, match="holds 2 files"):
        posts_in(tmp_path / "b.zip", zipped(a_csv=NAMES + TWO, b_csv=NAMES + TWO))
    with pytest.raises(TableUnreadable, match="an empty archive"):
        posts_in(tmp_path / "c.zip", zipped())


def test_words_in_one_column_are_not_taken_for_amounts(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match="no column kind"):
        posts_in(tmp_path / "posts.txt", "id type budget\n1 fixed 500\n2 fixed 70\n")
