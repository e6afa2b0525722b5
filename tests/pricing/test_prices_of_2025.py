"""`upwork-2025` beside real prices of May 2025, which lie beside the checkout where they are."""

import statistics
from random import Random

import pytest

from connects.policy.shelf import shipped
from connects.posts.table import open_table
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import JobFacts, Level
from tests.architecture.sources import ROOT

SHARED = ROOT.parent / "shared" / "data" / "prices_2025.csv"
FOLDS = 5


@pytest.fixture(scope="module")
def real() -> list[tuple[JobFacts, int]]:
    if not SHARED.exists():
        pytest.skip("the real prices of 2025 do not lie beside the checkout")
    with open_table(str(SHARED), columns=("connects_price",)) as file:
        return [(r.row.facts, int(r.cells["connects_price"])) for r in file.rows() if r.row]


def explained(pairs: list[tuple[float, int]]) -> float:
    mean = statistics.fmean(real for _, real in pairs)
    missed = sum((ours - real) ** 2 for ours, real in pairs)
    return 1 - missed / sum((real - mean) ** 2 for _, real in pairs)


def group(facts: JobFacts) -> str:
    """The groups that the card tells apart."""
    if facts.client_spend_cents or facts.client_reviews:
        return "known"
    full = facts.hours_per_week is not None and facts.hours_per_week.least >= 30
    return f"new {facts.level is Level.EXPERT} {full}"


def test_the_shipped_card_explains_the_prices(real: list[tuple[JobFacts, int]]) -> None:
    book = shipped("upwork-2025")
    pairs = []
    for facts, asked in real:
        answer = price(facts, book)
        assert isinstance(answer, Price)
        pairs.append((float(answer.connects), asked))

    assert explained(pairs) >= 0.45
    assert statistics.fmean(abs(ours - asked) for ours, asked in pairs) <= 2


def test_means_of_the_same_groups_hold_on_posts_set_aside(
    real: list[tuple[JobFacts, int]],
) -> None:
    """The groups, fitted anew without each fifth of the posts and asked about it."""
    rows = sorted(real, key=lambda pair: (repr(pair[0]), pair[1]))
    Random(2025).shuffle(rows)
    pairs = []
    for fold in range(FOLDS):
        learn = [row for place, row in enumerate(rows) if place % FOLDS != fold]
        every = statistics.fmean(asked for _, asked in learn)
        for facts, asked in rows[fold::FOLDS]:
            alike = [own for other, own in learn if group(other) == group(facts)]
            pairs.append((statistics.fmean(alike) if alike else every, asked))

    assert explained(pairs) >= 0.45
    assert statistics.fmean(abs(ours - asked) for ours, asked in pairs) <= 2
