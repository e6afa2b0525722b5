"""Fit the behaviour to figures of real posts, and say what those figures cannot tell.

Sobol points over the ranges are played, and then ever closer about the best of them; a surrogate learns
the figures from the parameters; local searches go downhill on it from the best points; what they find is
played again, and the best of that is the fit. The distance is the sum of squared standard errors, of a
figure's own error and the seeds'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.stats import qmc
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

from connects.lab.behaviour.parameters import ALL, PLACE, Behaviour
from connects.lab.kernel.state import Real
from connects.lab.population.agents import Population
from connects.lab.run import Arm, Wanted
from connects.lab.studies.moments import MOMENTS
from connects.lab.studies.screening import screened
from connects.lab.studies.summary import Summary
from connects.policy.shelf import shipped
from connects.studies.market.fitted import Fitted, MomentFound, ParameterFound

POLICY = "upwork-2023"
"""The rules under which the posts were written that the figures are from."""
WARM_UP = 10
STARTS, SEEDS_AGAIN = 6, 6
ROUNDS, ELITE = 6, 10
"""How often it is played closer about the best, and how many of them say where (cross-entropy)."""

SEARCHED = {
    "attention": (3.0, 20.0),
    "newest_first": (1.0, 3.0),
    "activity": (0.1, 0.8),
    "activity_shape": (0.3, 3.0),
    "chance_base": (-4.0, -1.5),
    "gain_power": (0.2, 0.8),
    "appeal_spread": (0.5, 2.5),
    "effort": (0.5, 3.0),
    "noise_power": (0.0, 1.0),
    "reservation": (-0.3, 1.0),
    "invites": (0.2, 0.6),
}
"""What is fitted, and where it is searched. None of those is here that were set with checks in sight."""

Play = Callable[[Sequence[Wanted]], list[Summary]]
OBSERVED = np.array([moment.observed for moment in MOMENTS])
ERRORS = np.array([moment.error for moment in MOMENTS])


@dataclass(frozen=True, slots=True)
class Fitting:
    """How large a fit is: the market, its days, the points, the seeds of each, Morris' trajectories."""

    population: Population
    days: int
    points: int
    seeds: int
    trajectories: int
    play: Play

    def moments(self, behaviours: Sequence[Behaviour], seeds: int) -> Real:
        """Of each behaviour and seed, the figures of its market."""
        book = shipped(POLICY)
        wanted = [
            Wanted(Arm("fit", book, behaviour), self.population, seed, self.days, WARM_UP)
            for behaviour in behaviours
            for seed in range(1, seeds + 1)
        ]
        rows = [[run.moments[moment.name] for moment in MOMENTS] for run in self.play(wanted)]
        return np.array(rows).reshape(len(behaviours), seeds, len(MOMENTS))


def fitted(fitting: Fitting) -> Fitted:
    """Fit, play the best again, and screen all parameters about it."""
    least, most = (np.array(each) for each in zip(*SEARCHED.values(), strict=True))
    points = qmc.Sobol(len(SEARCHED), seed=0).random(fitting.points)
    played = fitting.moments([_behaviour(least, most, point) for point in points], fitting.seeds)
    chance = np.random.Generator(np.random.Philox(0))
    for _ in range(ROUNDS):
        best = points[np.argsort(_distances(played.mean(axis=1), ERRORS))[:ELITE]]
        drawn = chance.standard_normal((fitting.points // 8, len(SEARCHED)))
        closer = np.clip(best.mean(axis=0) + best.std(axis=0) * drawn, 0, 1)
        found = fitting.moments([_behaviour(least, most, point) for point in closer], fitting.seeds)
        points, played = np.vstack([points, closer]), np.concatenate([played, found])
    noise = played.std(axis=1, ddof=1).mean(axis=0) if fitting.seeds > 1 else 0 * ERRORS
    errors = np.hypot(ERRORS, noise / SEEDS_AGAIN**0.5)
    targets = played.mean(axis=1)
    name, predict = _surrogate(points, targets)
    starts = points[np.argsort(_distances(targets, errors))[:STARTS]]
    ends = [_downhill(start, predict, errors) for start in starts]
    candidates = [Behaviour(), *(_behaviour(least, most, point) for point in [*ends, starts[0]])]
    again = fitting.moments(candidates, SEEDS_AGAIN).mean(axis=1)
    distances = _distances(again, errors)
    nearest = int(np.argmin(distances))
    behaviour = candidates[nearest]
    moved = screened(behaviour, fitting.trajectories, lambda all_: fitting.moments(all_, 1)[:, 0])
    return Fitted(
        population=fitting.population.title,
        freelancers=fitting.population.freelancers,
        days=fitting.days,
        points=fitting.points,
        seeds=fitting.seeds,
        surrogate=name,
        distance_before=float(distances[0]),
        distance=float(distances[nearest]),
        moments=tuple(
            MomentFound(
                name=moment.name,
                words=moment.words,
                source=moment.source,
                observed=moment.observed,
                error=float(error),
                before=float(before),
                simulated=float(after),
            )
            for moment, error, before, after in zip(
                MOMENTS, errors, again[0], again[nearest], strict=True
            )
        ),
        parameters=tuple(_parameter(name, behaviour, effects) for name, effects in moved.items()),
    )


def _behaviour(least: Real, most: Real, point: Real) -> Behaviour:
    values = least + (most - least) * np.clip(point, 0, 1)
    return Behaviour(**dict(zip(SEARCHED, map(float, values), strict=True)))


def _distances(moments: Real, errors: Real) -> Real:
    found: Real = (((moments - OBSERVED) / errors) ** 2).sum(axis=-1)
    return found


def _surrogate(points: Real, targets: Real) -> tuple[str, Callable[[Real], Real]]:
    """The better of two by cross-validation: a quadratic surface, or a forest."""
    models = {
        "quadratic surface": make_pipeline(PolynomialFeatures(2), Ridge(0.01)),
        "random forest": RandomForestRegressor(100, random_state=0),
    }
    scores = {
        name: float(
            (((cross_val_predict(model, points, targets, cv=5) - targets) / ERRORS) ** 2).mean()
        )
        for name, model in models.items()
    }
    name = min(scores, key=lambda each: scores[each])
    model = models[name].fit(points, targets)
    return name, model.predict


def _downhill(start: Real, predict: Callable[[Real], Real], errors: Real) -> Real:
    """The nearest place on the surrogate where the distance is least."""
    found = minimize(
        lambda point: float(_distances(predict(point[None, :])[0], errors)),
        start,
        method="Powell",
        bounds=[(0.0, 1.0)] * len(start),
        options={"maxfev": 2000},
    )
    ends: Real = found.x
    return ends


def _parameter(
    name: str, behaviour: Behaviour, effects: tuple[float, float, Real]
) -> ParameterFound:
    """`effects`: the range that was screened, and by how much each figure moved within it."""
    least, most, moved = effects
    in_errors = moved / ERRORS
    strongest = int(np.argmax(in_errors))
    parameter = ALL[PLACE[name]]
    return ParameterFound(
        name=name,
        meaning=parameter.meaning,
        before=parameter.default,
        value=behaviour.value(name),
        least=least,
        most=most,
        fitted=name in SEARCHED,
        moves=MOMENTS[strongest].words,
        errors_moved=float(in_errors[strongest]),
    )
