"""The same posts are the same values from every format, whether its cells are texts or have types."""

import csv
import json
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl
import pytest

from connects.posts.names import AMOUNTS
from connects.posts.table import open_table
from connects.posts.tables import Coded, each
from connects.vocabulary.facts import JobKind

Table: TypeAlias = Mapping[str, Sequence[object]]

ROWS = 1_200
SOME_TIME = timedelta(hours=7, minutes=11, seconds=13)
TYPED: Table = {
    "job_id": range(1, 3),
    "kind": ("fixed", "hourly"),
    "budget_usd": (None, 0, 5, 70.0, 12.345, 0.005, 1e-5, 1e16, -4),
    "hourly_min": (None, 10, 12.5),
    "hourly_max": (None, 40.0),
    "hourly_mid": (None, 15),
    "duration": ("lt_1m", "6+ months", "junk", None),
    "workload": ("30_plus", "20 hrs/week", None),
    "experience_level": ("entry", "Expert Level", "wizard", None),
    "category": ("Logos", "Shops", None),
    "client_payment_verified": (1, 0, None),
    "client_spend_usd": (None, 0, 1.005, 26_000.0, 1e13, -3, 4.5e-5),
    "client_reviews": (None, 3, 10**16),
    "client_rating": (None, 4.95, 7.0),
    "client_hires": (None, 2, 2.5),
    "description_chars": (None, 44, 4.5, -1, 10**10),
    "posted_at": ("2026-01-02T03:04Z", "2026-01-02T03:04:05+02:00", "1/5/2023", "junk", None),
    "skills": ("Go|Python", None),
    "description": (None, "quick fix of a page"),
}


PLAIN: Table = {
    **TYPED,
    "budget_usd": (None, 0, 5.5, 70.25, 12_345.0, 99.99),
    "hourly_min": (None, *(number / 4 for number in range(2_000))),
    "duration": ("lt_1m", "6+ months", None),
    "workload": ("30_plus", "20 hrs/week", None),
    "experience_level": ("entry", "Expert Level", None),
    "client_payment_verified": (True, False, None),
    "client_spend_usd": (None, 0, 1.005, 2.675, *(number / 8 for number in range(2_000))),
    "client_reviews": (None, *range(1_500)),
    "client_rating": (None, 4.95, 7.0, -1),
    "description_chars": (None, 0, *range(2_000)),
    "posted_at": (None, *(datetime(2025, 3, 1, tzinfo=UTC) + n * SOME_TIME for n in range(2_000))),
    "country": ("Peru", "Côte d'Ivoire", " Chad", "N/A", None),
    "client_key": (None, *(f"client {number}" for number in range(2_000))),
}
"""Of these, whole columns can be read at once."""
EITHER: Table = {
    "job_id": range(1, 3),
    "kind": ("fixed", "hourly"),
    "amount": (None, 0, 5.5, 70.25, 12_345.0),
    "budget_usd": (None, None, 80.0),
    "hourly_min": (None, None, 12.5),
    "hourly_max": (None, None, 40.0),
    "category": ("Logos", None),
}
"""One column for budgets and rates, beside those that hold nothing else."""
AMOUNTS_OF_EITHER = [name for name in EITHER if name in AMOUNTS]


def _rows(table: Table) -> list[dict[str, Any]]:
    chance = random.Random(7)
    rows: list[dict[str, Any]] = [
        {name: chance.choice(cells) for name, cells in table.items()} for _ in range(ROWS)
    ]
    for number, row in enumerate(rows):
        row["job_id"] = number
    return rows


def _text(cell: object) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, datetime) else str(cell)


def _written(folder: Path, table: Table) -> list[Path]:
    rows = _rows(table)
    texts = [{name: _text(cell) for name, cell in row.items()} for row in rows]
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([table, *(row.values() for row in texts)])
    (folder / "a.json").write_text(json.dumps(rows, default=_text))
    pl.DataFrame(texts).write_parquet(folder / "texts.parquet")
    typed = pl.DataFrame(rows, strict=False, infer_schema_length=None)
    typed.write_parquet(folder / "typed.parquet")
    typed.with_columns(pl.col("kind", "category").cast(pl.Categorical)).write_ipc(
        folder / "a.arrow"
    )
    return sorted(folder.iterdir())


def _told(file: Path) -> Any:
    with open_table(str(file)) as table:
        rows = [(r.row, r.problem, dict(r.cells)) for r in table.rows()]
        counts = (table.read, table.with_amount, dict(table.soft))
    return rows, counts


@pytest.mark.parametrize(
    "table", [TYPED, PLAIN, EITHER], ids=["odd cells", "plain cells", "budgets and rates"]
)
def test_the_same_posts_are_the_same_from_every_format(tmp_path: Path, table: Table) -> None:
    first, *others = map(_told, _written(tmp_path, table))

    assert len(others) == 4
    for other in others:
        assert other == first


def test_amounts_of_either_kind_mean_the_same_taken_whole_and_row_by_row(tmp_path: Path) -> None:
    whole, by_row = tmp_path / "whole.parquet", tmp_path / "by_row.parquet"
    posts = pl.DataFrame(_rows(EITHER), strict=False, infer_schema_length=None)
    posts.write_parquet(whole)
    # Another currency than the rule book's has each row looked at, though no amount is in it.
    is_empty = pl.all_horizontal(pl.col(AMOUNTS_OF_EITHER).is_null())
    currency = pl.when(is_empty).then(pl.lit("EUR")).otherwise(pl.lit("")).alias("currency")
    posts.with_columns(currency).write_parquet(by_row)

    told, others = ([row[:2] for row in _told(file)[0]] for file in (whole, by_row))

    assert others == told
    assert _told(whole)[1] == _told(by_row)[1]
    facts = [row.facts for row, _ in told]
    assert {own.budget_cents for own in facts if own.kind is JobKind.FIXED} >= {None, 70_25, 80_00}
    of_an_hour = {
        (o.hourly_min_cents, o.hourly_max_cents) for o in facts if o.kind is JobKind.HOURLY
    }
    assert of_an_hour >= {(70_25, 70_25), (12_50, None), (12_50, 40_00), (None, 40_00)}


def _nested(number: int, chance: random.Random) -> dict[str, Any]:
    return {
        "job_id": number,
        "kind": chance.choice(("fixed", "hourly")),
        "budget_usd": chance.choice((None, number + 0.5)),
        "skills": chance.choice((None, [], ["Go"], ["Go", "SQL"], ["Go", None])),
        "sizes": chance.choice((None, [1, 2])),
        "attachments": chance.choice((None, [{"name": "a.pdf"}, {"name": "b.pdf"}])),
        "client": chance.choice(
            (None, {"reviews": number, "spent": {"amount": number / 4, "currency": "USD"}})
        ),
        "seen": date(2025, 1, 1) + timedelta(days=number % 90),
    }


def test_lists_and_fields_of_parquet_are_read_as_those_of_json(tmp_path: Path) -> None:
    chance = random.Random(3)
    rows = [_nested(number, chance) for number in range(ROWS)]
    (tmp_path / "a.json").write_text(json.dumps(rows, default=date.isoformat))
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(tmp_path / "a.parquet")

    with open_table(str(tmp_path / "a.json")) as of_json:
        expected = [(r.row, r.problem, dict(r.cells)) for r in of_json.rows()]
    with open_table(str(tmp_path / "a.parquet")) as of_parquet:
        found = [(r.row, r.problem, dict(r.cells)) for r in of_parquet.rows()]

    assert found == expected
    assert any(cells["skills"] == "Go|SQL" for _, _, cells in found)
    assert any(row and row.facts.client_spend_cents for row, _, _ in found)
    assert sorted(of_parquet.unused) == sorted(of_json.unused)


def test_instants_of_any_zone_are_told_in_utc(tmp_path: Path) -> None:
    at = datetime(2025, 3, 30, 0, 59, 59, tzinfo=UTC)
    posts = pl.DataFrame({"kind": ["fixed"] * 3, "budget_usd": [5, 6, 7]})
    for number, dtype in enumerate(
        (pl.Datetime("ns", "Europe/Berlin"), pl.Datetime("ms", "America/Lima"), pl.Datetime("us"))
    ):
        when = [None, at, at + timedelta(hours=2)]
        times = pl.Series("posted_at", when, dtype=pl.Datetime("us", "UTC"))
        zone = dtype.time_zone
        times = times.dt.convert_time_zone(zone) if zone else times.dt.replace_time_zone(None)
        file = tmp_path / f"{number}.parquet"
        posts.with_columns(times.cast(dtype)).write_parquet(file)
        with open_table(str(file)) as table:
            told = [row.cells["posted_at"] for row in table.rows()]
        assert told == ["", "2025-03-30T00:59Z", "2025-03-30T02:59Z"]


def test_what_is_said_over_and_over_is_read_once() -> None:
    asked: list[str] = []

    def read(word: str) -> str:
        asked.append(word)
        return word.upper()

    found = each(Coded(["a", "b", "c"], [1, 0, 1, 1]), read)

    assert list(found) == ["B", "A", "B", "B"]
    assert (found[0], found[1:3], len(found)) == ("B", ["A", "B"], 4)
    assert ("C" in found, "A" in found) == (False, True)
    assert len(asked) == 3
