"""A market is played the same wherever it is played, and differs by its rules alone."""

import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba")

from connects.lab.behaviour.parameters import Behaviour, ParameterProblem
from connects.lab.kernel.clauses import NotSimulated
from connects.lab.population.agents import (
    PopulationProblem,
    find_population,
    parse_population,
    population,
)
from connects.lab.run import Arm, Mixed, Wanted, play, play_all, prepared
from connects.policy.shelf import shipped, shipped_names

SMALL = population("upwork-2023").sized(300)
NOW = Arm("now", shipped("upwork-2023"))


def test_one_seed_gives_one_market_whatever_the_number_of_processes() -> None:
    wanted = [Wanted(NOW, SMALL, seed, 40) for seed in (1, 2)]

    alone, together = play_all(wanted, 1), play_all(wanted, 2)

    for first, second in zip(alone, together, strict=True):
        assert np.array_equal(first.daily, second.daily)
        assert np.array_equal(first.tally, second.tally)
        assert np.array_equal(first.posts, second.posts)
    assert not np.array_equal(alone[0].daily, alone[1].daily)


def test_a_second_rule_book_that_is_the_same_changes_nothing() -> None:
    mixed = Arm("now", NOW.book, mixed=Mixed(NOW.book, 0.5))

    first = play(NOW, SMALL, seed=3, days=40)
    second = play(mixed, SMALL, seed=3, days=40)

    assert np.array_equal(first.daily, second.daily)


def test_what_is_spent_came_from_somewhere_and_went_somewhere() -> None:
    totals = play(NOW, SMALL, seed=4, days=60).counters

    assert totals["proposals"] > 1000
    assert totals["connects_returned"] < totals["connects_spent"]
    assert totals["hires"] <= totals["posts"]


@pytest.mark.parametrize("name", [name for name in shipped_names() if name != "freelancer-com"])
def test_a_shipped_rule_book_can_be_simulated(name: str) -> None:
    tables, posts = prepared(Arm(name, shipped(name)), SMALL, 10)

    assert tables.base.shape[1] == len(posts.kinds)


def test_a_clause_that_the_market_does_not_know_is_refused_by_name() -> None:
    with pytest.raises(NotSimulated) as refused:
        prepared(Arm("drips", shipped("freelancer-com")), SMALL, 10)

    assert refused.value.clauses == ("drip plans",)


def test_behaviour_refuses_all_that_is_unknown_or_out_of_bounds_at_once() -> None:
    with pytest.raises(ParameterProblem) as told:
        Behaviour(atention=3, ghosts=2.0, effort=float("nan"))

    assert str(told.value).splitlines() == [
        "atention: expected a parameter of behaviour, such as attention, found an unknown name",
        "ghosts: expected 0 to 0.95, found 2",
        "effort: expected a number, found nan",
    ]


@pytest.mark.parametrize("text", ["", "title = 3", "= 4", "title='a'\nsource='b'\nfreelancers=0"])
def test_a_population_that_cannot_be_meant_is_told_in_words(text: str) -> None:
    with pytest.raises(PopulationProblem, match=r"mine\.toml"):
        parse_population(text, "mine.toml")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("", "expected rows with the columns kind, dollars"),
        ("fixed,50,,,intermediate,0", "expected a share_per_10000 that is more than 0"),
        (
            "fixed,50,,,intermediate,-5",
            "row 2, share_per_10000: expected a number from 0, found -5",
        ),
        ("fixed,nan,,,intermediate,5", "row 2, dollars: expected a number from 0, found nan"),
        ("rent,50,,,intermediate,5", "row 2, kind: expected fixed, hourly, found 'rent'"),
        ("fixed,50,,,intermediate", "expected rows with the columns"),
    ],
)
def test_a_table_of_posts_from_which_none_can_be_drawn_is_told_in_words(
    tmp_path: Path, row: str, told: str
) -> None:
    people = files("connects.lab.population").joinpath("upwork-2023.toml").read_text()
    (tmp_path / "mine.toml").write_text(people.replace("posts-2023", "mine.csv"))
    head = "kind,dollars,duration,workload,level,share_per_10000"
    (tmp_path / "mine.csv").write_text(f"{head}\n{row}\n")

    with pytest.raises(PopulationProblem, match=re.escape(told)):
        find_population("mine.toml", tmp_path)
