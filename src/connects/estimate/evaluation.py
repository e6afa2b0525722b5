"""How well estimates do on posts whose amount is known, beside the best of simple medians.

Sources are told apart throughout. Intervals of the figures come from drawing the posts again and again
(bootstrap, 95 %).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from connects.estimate.coverage import share_interval
from connects.estimate.estimator import BAND_EDGES, Estimator
from connects.estimate.medians import GROUPS
from connects.estimate.model import Model
from connects.estimate.pool import Pool
from connects.estimate.posts import Post
from connects.estimate.without_model import default_cents
from connects.policy.projection import ValueRules
from connects.policy.shelf import shipped
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind

DRAWS = 1_000
DEFAULTS_OF = "fair-2026"
"""The rule book whose medians are taken for what is said without a model."""

Answering = Estimator | Pool
Figures = dict[str, object]
Numbers = npt.NDArray[np.float64]
Hits = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Split:
    """What to learn from and what to ask about; `by` says how they were separated."""

    learn: tuple[Post, ...]
    ask: tuple[Post, ...]
    by: dict[str, str]


def split(posts: Sequence[Post], share: float = 0.75) -> Split:
    """Each source by the instants at which its posts appeared where all have one, else by their numbers.

    The first three quarters to learn from, the rest to be asked.
    """
    learn: list[Post] = []
    ask: list[Post] = []
    by: dict[str, str] = {}
    for source in sorted({post.source for post in posts}):
        own = [post for post in posts if post.source == source]
        by_time = all(post.instant for post in own)
        by[source] = "time" if by_time else "post"
        own.sort(key=_hours if by_time else lambda post: _scattered(post.job_id))
        cut = int(len(own) * share)
        learn += own[:cut]
        ask += own[cut:]
    return Split(tuple(learn), tuple(ask), by)


def _hours(post: Post) -> float:
    return post.hours or 0.0


def _scattered(job_id: str) -> str:
    """A repeatable order that has nothing to do with the file's."""
    number = 2166136261
    for byte in job_id.encode():
        number = (number ^ byte) * 16777619 % 2**32
    return f"{number * 2654435761 % 2**32:010d}{job_id}"


def evaluate(model: Model, posts: Sequence[Post]) -> dict[str, Figures]:
    """Figures by source over the fixed-price posts with a believed budget.

    Apart besides, where there are such: posts of clients that history knows, those of others, and the
    rates of hourly posts. A source that the model does not know is answered by its pool, which its
    figures say (`pooled`). The same posts give the same figures, in whatever order they come.
    """
    rules = shipped(DEFAULTS_OF).value
    found: dict[str, Figures] = {}
    told = sorted((post for post in posts if post.target_cents is not None), key=_place)
    for source in sorted({post.source for post in told}):
        own = [post for post in told if post.source == source]
        figures = {
            kind: _of_kind(model, source, kind, [post for post in own if post.kind is kind], rules)
            for kind in JobKind
        }
        if any(figures.values()):
            found[source] = figures[JobKind.FIXED] or {"n": 0}
            if figures[JobKind.HOURLY]:
                found[source]["hourly"] = figures[JobKind.HOURLY]
    return found


def _place(post: Post) -> tuple[str, Cents]:
    """Where a post stands, so that neither equal estimates nor what is drawn go by the file's order."""
    return post.fingerprint, post.target_cents or 0


def _of_kind(
    model: Model, source: str, kind: JobKind, posts: Sequence[Post], rules: ValueRules
) -> Figures:
    """The figures of posts of a source and kind; none where nobody answers for them."""
    answering = model.answers_for(source, kind)
    if answering is None or not posts:
        return {}
    figures = _figures(answering, model.name, posts, rules)
    if isinstance(answering, Pool):
        return {**figures, "pooled": True}
    if kind is JobKind.HOURLY:
        return figures
    known = [answering.encoder.closest(post) is not None for post in posts]
    for name, wanted in (("known_clients", True), ("new_clients", False)):
        part = [post for post, is_known in zip(posts, known, strict=True) if is_known is wanted]
        if part:
            figures[name] = _figures(answering, model.name, part, rules)
    return figures


def _baselines(answering: Answering, posts: Sequence[Post]) -> dict[str, list[Cents]]:
    """The medians of each grouping, and the client's own (the global one for who is new).

    Of an unknown source nothing is known but what is usual on average.
    """
    if isinstance(answering, Pool):
        return {"global": [round(math.exp(answering.usual.centre))] * len(posts)}
    medians = {name: [answering.medians.of(name, post) for post in posts] for name in GROUPS}
    medians["client"] = [
        _clients_median(answering, post) or answering.medians.of("global", post) for post in posts
    ]
    return medians


def _clients_median(estimator: Estimator, post: Post) -> Cents:
    offers = estimator.encoder.offers.get(post.client, []) if post.client else []
    others = [offer.amount for offer in offers if offer.post != post.fingerprint]
    return round(math.exp(statistics.median(others))) if others else 0


def _figures(answering: Answering, name: str, posts: Sequence[Post], rules: ValueRules) -> Figures:
    actual = [post.target_cents or 1 for post in posts]
    found = answering.estimate_many(posts, name)
    logs = np.log(np.array(actual, dtype=float))
    errors = np.abs(logs - np.log([estimate.cents for estimate in found]))
    held = np.array(
        [e.low_cents <= cents <= e.high_cents for e, cents in zip(found, actual, strict=True)]
    )
    agrees = _same_band([estimate.cents for estimate in found], actual)
    default = np.abs(logs - np.log([default_cents(post, rules) for post in posts]))
    medians = _baselines(answering, posts)
    median_errors = {name: np.abs(logs - np.log(cents)) for name, cents in medians.items()}
    best = min(median_errors, key=lambda name: float(median_errors[name].mean()))
    median_agrees = {name: _same_band(cents, actual) for name, cents in medians.items()}
    best_band = max(median_agrees, key=lambda name: float(median_agrees[name].mean()))
    return {
        "n": len(posts),
        "mae_log": _rounded(errors.mean()),
        "default_mae_log": _rounded(default.mean()),
        "best_baseline": best,
        "best_baseline_mae_log": _rounded(median_errors[best].mean()),
        "improvement": _rounded(_improvement(errors.mean(), median_errors[best].mean())),
        "coverage_80": _rounded(held.mean()),
        "coverage_80_by_third": _by_third([estimate.cents for estimate in found], held),
        "band_agreement": _rounded(agrees.mean()),
        "best_baseline_band_agreement": _rounded(median_agrees[best_band].mean()),
        "best_band_baseline": best_band,
        "baselines_mae_log": {name: _rounded(e.mean()) for name, e in median_errors.items()},
        "intervals_95": _intervals(
            errors, median_errors[best], held, agrees, median_agrees[best_band]
        ),
    }


def _by_third(ours: Sequence[Cents], held: Hits) -> list[Figures]:
    """The share held in each third of the estimates, the lowest first, with its interval of 95 %."""
    order = np.argsort(ours, kind="stable")
    parts = [held[part] for part in np.array_split(order, 3) if len(part)]
    return [
        {
            "n": len(part),
            "coverage_80": _rounded(part.mean()),
            "interval_95": [_rounded(end) for end in share_interval(int(part.sum()), len(part))],
        }
        for part in parts
    ]


def _same_band(ours: Sequence[Cents], actual: Sequence[Cents]) -> Hits:
    return np.array([_band(a) == _band(b) for a, b in zip(ours, actual, strict=True)])


def _band(cents: Cents) -> int:
    return sum(cents > edge for edge in BAND_EDGES)


def _intervals(
    errors: Numbers, median_errors: Numbers, held: Hits, agrees: Hits, median_agrees: Hits
) -> dict[str, list[float]]:
    drawn = np.random.default_rng(0).integers(0, len(errors), (DRAWS, len(errors)))
    samples = {
        "mae_log": errors[drawn].mean(axis=1),
        "improvement": _improvement(errors[drawn].mean(axis=1), median_errors[drawn].mean(axis=1)),
        "coverage_80": held[drawn].mean(axis=1),
        "band_agreement": agrees[drawn].mean(axis=1),
        "band_agreement_gain": (agrees.astype(float) - median_agrees)[drawn].mean(axis=1),
    }
    return {
        name: [_rounded(end) for end in np.percentile(sample, (2.5, 97.5))]
        for name, sample in samples.items()
    }


def _improvement(ours: Any, of_medians: Any) -> Any:
    """The share of the error that is gone; none where medians make no error at all."""
    return np.where(of_medians > 0, 1 - ours / np.where(of_medians > 0, of_medians, 1), 0.0)


def _rounded(number: float) -> float:
    return round(float(number), 4) if math.isfinite(number) else 0.0
