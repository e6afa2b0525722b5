"""Values that are made many at once are those that are made one by one."""

import random
from dataclasses import fields
from pathlib import Path

import pytest

from connects.posts.rows import many
from connects.vocabulary.facts import JobFacts, JobKind
from tests.posts.written_files import read


def test_posts_made_column_by_column_are_whole_and_equal() -> None:
    columns = {each.name: [each.default] * 2 for each in fields(JobFacts)}
    columns |= {"kind": [JobKind.FIXED, JobKind.HOURLY], "budget_cents": [5_00, None]}

    fixed, hourly = many(JobFacts, 2, columns)

    assert fixed == JobFacts(JobKind.FIXED, budget_cents=5_00)
    assert hourly == JobFacts(JobKind.HOURLY)
    assert len({fixed, hourly}) == 2


@pytest.mark.parametrize(
    "columns",
    [
        ("amount_min", "amount_max"),
        ("amount_max",),
        ("amount", "amount_min", "amount_max"),
        ("budget_usd", "amount_min", "amount_max", "hourly_min", "hourly_max", "hourly_mid"),
        ("budget_usd", "amount", "hourly_min", "hourly_max"),
    ],
)
def test_whole_columns_say_what_their_rows_say(tmp_path: Path, columns: tuple[str, ...]) -> None:
    chance = random.Random(len(columns))
    cells = ("", "", "0", "7.5", "50", "20 - 30", "less than 90", "$40+", "oops")
    rows = [
        ",".join((chance.choice(("fixed", "hourly")), *(chance.choice(cells) for _ in columns)))
        for _ in range(900)
    ]
    text = "\n".join((",".join(("kind", *columns)), *rows)) + "\n"
    (tmp_path / "whole.csv").write_text(text)
    (tmp_path / "by_row.csv").write_text(text + "," * len(columns) + "\n")
    whole, table = read(tmp_path / "whole.csv")
    by_row, other = read(tmp_path / "by_row.csv")

    assert [each.row and each.row.facts for each in whole] == [
        each.row and each.row.facts for each in by_row[:-1]
    ]
    assert [bool(each.problem) for each in whole] == [bool(each.problem) for each in by_row[:-1]]
    assert table.with_amount == other.with_amount
