"""The fairness report speaks to people: in words, in their language, without digits that say nothing."""

import pytest

from connects.pricing.burden import Burden, Fairness, PricedPost, fairness
from connects.studies.fairness_report import cells, times
from connects.wording.languages import speaking

POSTS = [
    PricedPost(10_00 + 97_013 * place, 1 + place % 4, "fixed" if place % 2 else "hourly", "expert")
    for place in range(100)
]


@pytest.fixture
def found() -> Fairness:
    answer = fairness(POSTS, 15_000)
    assert answer is not None
    return answer


def test_figures_are_written_as_the_reader_writes_them(found: Fairness) -> None:
    (group,) = found.by["level"]

    _, posts, value, connects, mean, _, median = cells(group, "USD", "level")
    assert (posts, value, connects) == ("100", "$48,031", "2.50")
    with speaking("es"):
        spanish = cells(group, "USD", "level")
    assert spanish[3] == "2,50"
    assert [spanish[4], spanish[6]] == [mean.replace(".", ","), median.replace(".", ",")]


def test_kinds_and_levels_stand_in_words_and_categories_as_they_are(found: Fairness) -> None:
    names = [cells(group, "USD", "kind")[0] for group in found.by["kind"]]
    assert sorted(names) == ["fixed price", "hourly"]
    with speaking("es"):
        assert cells(found.by["level"][0], "USD", "level")[0] == "experto"
        assert cells(found.by["level"][0], "USD", "category")[0] == "expert"


@pytest.mark.parametrize(
    ("share", "shown"), [(3.0349, "3.03"), (0.27, "0.27"), (0.09, "0.090"), (0.0029, "0.0029")]
)
def test_a_share_has_two_digits_that_say_something(share: float, shown: str) -> None:
    burden = Burden("all", 40, 5_00, 1.0, share, share, share, share)

    assert cells(burden, "USD")[4] == shown
    assert cells(burden, "USD")[2] == "$5"


def test_a_tilt_is_rounded_once_it_is_large(found: Fairness) -> None:
    tilt = found.tilt
    assert tilt is not None
    assert times(found) == f"{round(tilt):,}"
