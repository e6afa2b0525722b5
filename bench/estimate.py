"""How fast prices are made with a learned model: one, many in memory, and a whole file by the command.

python -m bench.estimate [MODEL FILE]    a trained model, and the posts to price

Without arguments a model is trained on made-up posts first. Every amount is hidden, so that no price
can do without the model; a real file, most of whose posts state theirs, goes faster.
"""

from __future__ import annotations

import csv
import gzip
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from connects.cli.main import main as command
from connects.estimate.model import Model
from connects.estimate.model_file import read_model, write_model
from connects.estimate.posts import Post
from connects.estimate.training import train
from connects.policy.shelf import shipped
from connects.posts.posts import read_posts
from connects.pricing.edits import edits
from connects.pricing.quote import AVERAGE_DEMAND, price
from connects.vocabulary.facts import JobFacts, JobKind
from tests.estimate.histories import fixed_posts, written

HISTORY = 3_000
ONE_BY_ONE = 500
BULK = 20_000
ROUNDS = 3
AMOUNTS = ("budget_usd", "hourly_mid", "hourly_min", "hourly_max")
BOOK = shipped("fair-2026")


def made_up(folder: Path) -> tuple[Path, Path]:
    model = Model("2026-01-29", "0" * 64, "made up", train(fixed_posts(HISTORY)))
    write_model(model, folder / "made-up.model")
    return folder / "made-up.model", written(fixed_posts(BULK, seed=2), folder / "made-up.csv")


def hidden(file: Path, folder: Path) -> Path:
    """The file with no amounts, at least `BULK` rows long."""
    raw = file.read_bytes()
    text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode()
    rows = list(csv.DictReader(text.splitlines()))
    target = folder / "hidden.csv"
    with target.open("w", newline="") as stream:
        table = csv.DictWriter(stream, rows[0].keys())
        table.writeheader()
        for _ in range(-(-BULK // len(rows))):
            table.writerows({**row, **dict.fromkeys(AMOUNTS & row.keys(), "")} for row in rows)
    return target


def one_price(model: Model, post: Post) -> float:
    """Milliseconds for an estimate, the price that follows from it, and what would change it."""
    facts = JobFacts(kind=JobKind.FIXED)
    began = time.perf_counter()
    estimate = model.estimate(post)
    price(facts, BOOK, estimate=estimate)
    edits(facts, BOOK, AVERAGE_DEMAND, estimate)
    return (time.perf_counter() - began) * 1_000


def per_second(posts: int, run: Callable[[], object]) -> float:
    rates = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        rates.append(posts / (time.perf_counter() - began))
    return statistics.median(rates)


def by_command(file: Path, model: Path) -> None:
    asked = ["price", str(file), "--policy", BOOK.name, "--model", str(model), "--json"]
    result = CliRunner().invoke(command, asked)
    assert result.exit_code == 0, result.output


def measured(model_file: Path, file: Path) -> dict[str, float]:
    model, posts = read_model(model_file), read_posts(str(file)).posts
    known = [p for p in posts if model.estimator(p.source, p.kind)][:BULK]
    singles = [one_price(model, post) for post in known[:ONE_BY_ONE]]
    many = per_second(len(known), lambda: model.estimate_many(known))
    whole = per_second(len(posts), lambda: by_command(file, model_file))
    return {
        "one_price_ms": round(statistics.median(singles), 3),
        "one_price_99th_ms": round(statistics.quantiles(singles, n=100)[98], 3),
        "estimates_a_second": round(many),
        "rows_by_command": len(posts),
        "by_command_a_second": round(whole),
    }


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model, file = map(Path, arguments) if arguments else made_up(folder)
        print(json.dumps(measured(model, hidden(file, folder)), indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
