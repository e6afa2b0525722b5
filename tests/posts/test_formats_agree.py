"""The same posts are the same values from every format, whether its cells are texts or have types."""

import csv
import json
import random
from pathlib import Path

import polars as pl

from connects.posts.table import open_table
from connects.posts.tables import Coded, each

ROWS = 1_200
TYPED = {
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


def _rows() -> list[dict[str, object]]:
    chance = random.Random(7)
    rows: list[dict[str, object]] = [
        {name: chance.choice(cells) for name, cells in TYPED.items()} for _ in range(ROWS)
    ]
    for number, row in enumerate(rows):
        row["job_id"] = number
    return rows


def _written(folder: Path) -> list[Path]:
    rows = _rows()
    texts = [{n: "" if c is None else str(c) for n, c in row.items()} for row in rows]
    with (folder / "a.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([TYPED, *(row.values() for row in texts)])
    (folder / "a.json").write_text(json.dumps(rows))
    pl.DataFrame(texts).write_parquet(folder / "texts.parquet")
    typed = pl.DataFrame(rows, strict=False, infer_schema_length=None)
    typed.write_parquet(folder / "typed.parquet")
    typed.with_columns(pl.col("kind", "category").cast(pl.Categorical)).write_ipc(
        folder / "a.arrow"
    )
    return sorted(folder.iterdir())


def _told(file: Path) -> object:
    with open_table(str(file)) as table:
        rows = [(r.row, r.problem, dict(r.cells)) for r in table.rows()]
        counts = (table.read, table.with_amount, dict(table.soft))
    return rows, counts


def test_the_same_posts_are_the_same_from_every_format(tmp_path: Path) -> None:
    first, *others = map(_told, _written(tmp_path))

    assert len(others) == 4
    for other in others:
        assert other == first


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
