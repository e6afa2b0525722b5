"""Reports as files, in a real browser: all can be read, on a phone and by those who listen, too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from connects.policy.shelf import shipped
from connects.pricing.burden import PricedPost, fairness
from connects.pricing.yardstick import Yardstick
from connects.studies import fairness_report
from connects.studies.market.report import report
from connects.studies.market.results import Difference, Estimate
from tests.browser.visits import DESK, PHONE, accessibility, opened
from tests.studies.small_study import study

pytestmark = pytest.mark.browser
MORE = Estimate(mean=9.5, low=2.6, high=16.4)


OFF_THE_SCREEN = """[...document.querySelectorAll(".wide td")]
    .filter(cell => cell.getBoundingClientRect().right > innerWidth).map(cell => cell.innerText)"""
CUT_OFF = """[...document.querySelectorAll("svg text")]
    .filter(words => words.getBBox().x < 0).map(words => words.textContent)"""


def of_a_study() -> str:
    return report(study(Difference(absolute=MORE, percent=MORE, up=3)))


def of_fairness() -> str:
    posts = [
        PricedPost(
            10_00 + 97_013 * n, 1 + n % 4, "fixed", "expert", "Web, Mobile & Software Development"
        )
        for n in range(100)
    ]
    found = fairness(posts, 15_000)
    assert found is not None
    books = [(shipped(name), found) for name in ("upwork-2019-05", "fair-2026")]
    return fairness_report.report("posts.csv", books, Yardstick(books[0][0]))


@pytest.mark.parametrize("made", [of_a_study, of_fairness])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_can_be_read_by_everyone_and_never_scrolls_sideways(
    browser: Browser, tmp_path: Path, made: Callable[[], str], viewport: dict[str, int], scheme: str
) -> None:
    file = tmp_path / "report.html"
    file.write_text(made())
    page = opened(browser, viewport=viewport, color_scheme=scheme)
    page.goto(file.as_uri())

    assert accessibility(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.evaluate(OFF_THE_SCREEN) == []
    assert page.evaluate(CUT_OFF) == []
