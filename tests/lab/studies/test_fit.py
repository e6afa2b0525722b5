"""A fit finds the parameters that made the figures, and names those of which they say nothing."""

from collections.abc import Sequence

import numpy as np
import pytest

pytest.importorskip("numba")

from connects.lab.behaviour.parameters import Behaviour
from connects.lab.population.agents import population
from connects.lab.run import Arm, Wanted, play
from connects.lab.studies.fit import SEARCHED, Fitting, fitted
from connects.lab.studies.moments import MOMENTS, moments
from connects.lab.studies.summary import Summary
from connects.policy.shelf import shipped
from connects.studies.market.fit_page import report

TRUE = {"attention": 12.0, "effort": 1.0}
"""The market below looks like real posts where these two are so; nothing else matters in it."""


def looks(behaviour: Behaviour, noise: float) -> dict[str, float]:
    off = {name: (behaviour.value(name) - true) / true for name, true in TRUE.items()}
    found = {moment.name: moment.observed + noise * moment.error for moment in MOMENTS}
    found["under_5"] += 0.2 * off["attention"]
    found["hired"] += 0.3 * off["effort"]
    return found


def toy_market(runs: Sequence[Wanted]) -> list[Summary]:
    return [
        Summary(
            seed=run.seed,
            measures={},
            moments=looks(run.arm.behaviour, (-1) ** run.seed * 0.1),
            people=(),
            jobs=(),
        )
        for run in runs
    ]


def test_a_fit_recovers_what_made_the_figures_and_names_what_they_cannot_tell() -> None:
    people = population("upwork-2023").sized(100)

    found = fitted(Fitting(people, 60, points=64, seeds=2, trajectories=4, play=toy_market))

    values = {each.name: each.value for each in found.parameters if each.fitted}
    assert set(values) == set(SEARCHED)
    assert values["attention"] == pytest.approx(12.0, rel=0.1)
    assert values["effort"] == pytest.approx(1.0, rel=0.1)
    assert found.not_met == ()
    assert found.distance < 2 < found.distance_before
    assert {each.name for each in found.parameters if each.is_identified} == set(TRUE)
    page = report(found)
    assert "<script" not in page
    assert "reservation" in found.not_identified
    assert f"attention = {values['attention']:.4g}" in page


def test_a_markets_figures_are_shares_of_its_posts() -> None:
    people = population("upwork-2023").sized(150)

    played = play(Arm("now", shipped("upwork-2023")), people, seed=1, days=60, warm_up=10)

    found = moments(played, people)
    assert sum(list(found.values())[:6]) == pytest.approx(1)
    assert 0 < found["invited"] < 1
    assert np.array_equal(played.early <= played.posts[:, 3], np.ones(len(played.posts), bool))
