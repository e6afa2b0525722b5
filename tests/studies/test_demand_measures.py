"""Ways to measure demand are judged by posts that they never saw."""

from random import Random

import pytest

from connects.studies.demand_measures import SeenPost, compare_measures


def posts(effect: float, count: int = 1_200) -> list[SeenPost]:
    """Posts whose proposals differ by subcategory, by that much on a logarithmic scale, and by chance."""
    chance = Random(5)
    made = []
    for number in range(count):
        subcategory = chance.randrange(6)
        log = 2 + effect * (subcategory - 2.5) + chance.gauss(0, 0.5)
        made.append(
            SeenPost(
                job_id=str(number),
                proposals=2.718281828**log,
                age=str(number % 3),
                category="abc"[subcategory // 2],
                subcategory=str(subcategory),
                level="entry",
                kind="fixed",
                duration="",
                value="5",
            )
        )
    return made


def test_what_there_is_to_know_is_found_and_no_more() -> None:
    found = {measure.name: measure for measure in compare_measures(posts(effect=0.5))}

    category = found["category"].explained
    finer = found["category and subcategory, each drawn to the one above"].explained
    assert 60 < category < finer < 80  # 0.73 of the variance is the subcategory's
    assert found["forecast for the post from all its facts"].explained > category


def test_where_there_is_nothing_to_know_the_intervals_hold_nothing() -> None:
    for measure in compare_measures(posts(effect=0.0)):
        assert measure.low < 0.5
        assert measure.explained < 2


def test_too_few_posts_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 100"):
        compare_measures(posts(0.5, count=99))
