"""`fair-2026` asks the least of a job's value, on one measure for all rule books."""

import statistics

import pytest

from connects.policy.shelf import shipped
from connects.posts.table import open_table
from connects.pricing.burden import credit_price
from connects.pricing.quote import Price, price
from connects.pricing.yardstick import Yardstick
from connects.vocabulary.facts import JobFacts, JobKind
from tests.architecture.sources import ROOT

SHARED = ROOT.parent / "shared" / "data" / "jobs.csv.gz"
OTHERS = ("upwork-2019-05", "upwork-2019-12", "upwork-2023", "upwork-2025")


@pytest.fixture(scope="module")
def real() -> list[JobFacts]:
    if not SHARED.exists():
        pytest.skip("the table of real posts does not lie beside the checkout")
    with open_table(str(SHARED)) as file:
        return [r.row.facts for r in file.rows() if r.row and r.row.source == "A"]


def mean_share(posts: list[JobFacts], name: str, measure: Yardstick) -> float:
    book = shipped(name)
    shares = []
    for facts in posts:
        answer = price(facts, book)
        assert isinstance(answer, Price)
        worth = measure.value_cents(facts)
        if worth:
            shares.append(answer.connects * credit_price(book) / worth)
    return statistics.fmean(shares)


@pytest.mark.parametrize("values", ["fair-2026", "upwork-2023"])
def test_no_other_rule_book_asks_less_of_real_jobs(real: list[JobFacts], values: str) -> None:
    measure = Yardstick(shipped(values))

    ours = mean_share(real, "fair-2026", measure)

    for name in OTHERS:
        assert ours < 0.95 * mean_share(real, name, measure), name


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("dollars", [1, 5, 49, 50, 51, 120, 200, 300, 450, 599])
def test_small_jobs_never_cost_more_than_elsewhere(name: str, dollars: int) -> None:
    """They are where a Connect weighs most."""
    facts = JobFacts(JobKind.FIXED, budget_cents=dollars * 100)

    ours, theirs = (price(facts, shipped(each)) for each in ("fair-2026", name))

    assert isinstance(ours, Price)
    assert isinstance(theirs, Price)
    assert ours.connects <= theirs.connects
