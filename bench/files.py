"""How fast files of posts are read, and priced with their reasons.

python -m bench.files
"""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from connects.policy.shelf import shipped
from connects.posts.table import open_raw, open_table
from connects.posts.tables import FileSettings
from connects.pricing.quote import Price, price

if TYPE_CHECKING:
    import polars as pl

POSTS = 100_000
ROUNDS = 3
COLUMNS = (
    "job_id kind budget_usd hourly_min hourly_max duration workload experience_level category country"
    " client_payment_verified client_spend_usd posted_at description_chars"
).split()

FEW = ("kind", "budget_usd", "hourly_min", "hourly_max", "experience_level")


def rows() -> list[list[object]]:
    chance = random.Random(1)
    return [
        [
            number,
            *(("fixed", chance.randrange(5, 5_000), None, None) if chance.random() < 0.5
              else ("hourly", None, 10.0, 10.0 + chance.randrange(40))),
            chance.choice(("lt_1m", "1_3m", "3_6m", "gt_6m")),
            chance.choice(("lt_30", "30_plus", None)),
            chance.choice(("entry", "intermediate", "expert")),
            chance.choice(("Logos", "Shops", "Texts")),
            chance.choice(("Peru", "Kenya", "Norway")),
            chance.choice((0, 1)),
            float(chance.randrange(50_000)),
            f"2026-01-{chance.randrange(1, 29):02d}T{chance.randrange(24):02d}:00Z",
            chance.randrange(2_000),
        ]
        for number in range(POSTS)
    ]  # fmt: skip


def frames() -> Iterator[tuple[str, pl.DataFrame]]:
    """The same posts in several shapes."""
    import polars as pl

    whole = pl.DataFrame(rows(), schema=COLUMNS, orient="row", infer_schema_length=None)
    yield "typed", whole
    yield "texts", whole.cast(pl.String)
    yield "few", whole.select(FEW)
    either = pl.coalesce("budget_usd", "hourly_max").cast(pl.Float64).alias("amount")
    yield "either", whole.select("kind", either)


def written(folder: Path, frame: pl.DataFrame) -> tuple[Path, Path]:
    frame.write_csv(folder / "posts.csv")
    frame.write_parquet(folder / "posts.parquet")
    return folder / "posts.csv", folder / "posts.parquet"


def read_cells(file: Path) -> int:
    read = 0
    with open_raw(str(file), FileSettings()) as raw:
        for batch in raw.batches(range(len(raw.columns))):
            for column in batch.columns:
                deque(column, maxlen=0)
            read += len(batch.numbers)
    return read


def read_posts(file: Path) -> int:
    with open_table(str(file)) as table:
        return sum(row.row is not None and row.row.facts.kind is not None for row in table.rows())


def priced(file: Path) -> int:
    book = shipped("fair-2026")
    with open_table(str(file)) as table:
        answers = (price(row.row.facts, book) for row in table.rows() if row.row)
        return sum(isinstance(answer, Price) for answer in answers)


def seconds(run: Callable[[Path], int], file: Path) -> float:
    began = time.process_time()
    assert run(file) == POSTS
    return time.process_time() - began


def medians(run: Callable[[Path], int], files: tuple[Path, Path]) -> list[float]:
    """Of runs that take turns, so that whatever else the machine does meets both alike."""
    rounds = [[seconds(run, file) for file in files] for _ in range(ROUNDS)]
    return [statistics.median(each) for each in zip(*rounds, strict=True)]


def main() -> None:
    runs = (("cells", read_cells), ("posts", read_posts), ("prices", priced))
    for shape, frame in frames():
        with tempfile.TemporaryDirectory() as folder:
            files = written(Path(folder), frame)
            for what, run in runs if shape == "typed" else runs[1:2]:
                of_csv, of_parquet = medians(run, files)
                print(
                    f"{POSTS:,} {what:<7} {shape:<6} CSV {of_csv:6.2f} s, Parquet {of_parquet:6.2f} s,"
                    f" {of_csv / of_parquet:.1f} times as fast"
                )
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB held")


if __name__ == "__main__":
    main()
