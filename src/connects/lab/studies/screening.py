"""Morris' screening: which figures move at all while one parameter goes through its range."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from SALib.analyze import morris as analysis
from SALib.sample import morris as sampling

from connects.lab.behaviour.parameters import PARAMETERS, Behaviour, Parameter
from connects.lab.kernel.state import Real

LEVELS = 4


def screened(
    about: Behaviour, trajectories: int, moments: Callable[[Sequence[Behaviour]], Real]
) -> dict[str, tuple[float, float, Real]]:
    """For each parameter its range, half to one and a half of its value, and how much each figure moves.

    `moments` gives a row of figures for each behaviour. The amounts are means of absolute elementary
    effects over the range.
    """
    ranges = {each.name: _range(each, about.value(each.name)) for each in PARAMETERS}
    problem = {
        "num_vars": len(ranges),
        "names": list(ranges),
        "bounds": [list(ends) for ends in ranges.values()],
    }
    rows = sampling.sample(problem, trajectories, num_levels=LEVELS, seed=0)
    names = list(ranges)
    played = moments([Behaviour(**dict(zip(names, map(float, row), strict=True))) for row in rows])
    effects = [
        np.asarray(analysis.analyze(problem, rows, column, num_levels=LEVELS)["mu_star"])
        for column in played.T
    ]
    by_parameter = np.array(effects, dtype=float).T
    return {name: (*ranges[name], by_parameter[place]) for place, name in enumerate(names)}


def _range(parameter: Parameter, value: float) -> tuple[float, float]:
    ends = sorted((value * 0.5, value * 1.5))
    least, most = max(ends[0], parameter.least), min(ends[1], parameter.most)
    return (least, most) if least < most else (parameter.least, parameter.most)
