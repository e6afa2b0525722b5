"""How fast a learned model answers: one post in plain Python, and many together.

python -m bench.estimate [MODEL FILE]    a trained model, and the posts to ask it about

Without arguments a model is trained on made-up posts first.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from connects.cli.post_rows import read_posts
from connects.estimate.model import Model
from connects.estimate.model_file import read_model
from connects.estimate.posts import Post
from connects.estimate.training import train
from connects.policy.shelf import shipped
from connects.pricing.quote import price
from connects.vocabulary.facts import JobFacts, JobKind
from tests.estimate.histories import fixed_posts

HISTORY = 3_000
ONE_BY_ONE = 300
BULK = 10_000


def made_up() -> tuple[Model, list[Post]]:
    began = time.perf_counter()
    model = Model("2026-01-29", "0" * 64, "made up", train(fixed_posts(HISTORY)))
    print(f"training on {HISTORY:,} made-up posts  {time.perf_counter() - began:8.1f} s")
    return model, fixed_posts(BULK, seed=2)


def given(model: str, file: str) -> tuple[Model, list[Post]]:
    found = read_model(Path(model))
    posts = [p for p in read_posts(file).posts if (p.source, p.kind) in found.estimators]
    return found, posts


def one_price(model: Model, post: Post) -> float:
    """Milliseconds for an estimate and the price that follows from it."""
    began = time.perf_counter()
    estimate = model.estimate(post)
    price(JobFacts(kind=JobKind.FIXED), shipped("fair-2026"), estimate=estimate)
    return (time.perf_counter() - began) * 1_000


def main(arguments: list[str]) -> None:
    model, posts = given(*arguments) if arguments else made_up()
    posts = (posts * (BULK // len(posts) + 1))[:BULK]
    singles = [one_price(model, post) for post in posts[:ONE_BY_ONE]]
    ninth = statistics.quantiles(singles, n=100)[98]
    print(f"one price with the model   {statistics.median(singles):8.2f} ms, 99th {ninth:.2f} ms")
    rates = []
    for _ in range(3):
        began = time.perf_counter()
        model.estimate_many(posts)
        rates.append(len(posts) / (time.perf_counter() - began))
    print(f"{BULK:,} posts together      {statistics.median(rates):8,.0f} posts a second")


if __name__ == "__main__":
    main(sys.argv[1:])
