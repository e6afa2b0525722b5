"""How well the chance of a placeholder budget does on labelled cases (docs/placeholder-budgets.md).

No case is judged by weights that were fitted with it: the figures come from ten parts, each asked of
weights fitted on the other nine, and that five times over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from connects.pricing.placeholder import FEATURES, features
from connects.vocabulary.facts import JobFacts

_FOLDER = Path(__file__).parent / "cases"
CASES = (_FOLDER / "placeholder_budgets.csv", _FOLDER / "placeholder_posts.csv")
"""Cases by their numbers alone, and cases with their texts; all are invented."""
RECALL = 0.7
PARTS = 10
ROUNDS = 5
STRENGTH = 0.5
CUTS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cases:
    """Labelled cases: what each post says as numbers, and whether its budget is a placeholder."""

    numbers: Numbers
    labels: Labels


def read_cases(rows: Iterable[tuple[JobFacts, bool]]) -> Cases:
    """The cases as numbers."""
    listed = list(rows)
    numbers = np.array([features(facts) for facts, _ in listed])
    return Cases(numbers, np.array([label for _, label in listed], dtype=bool))


def case_rows(*files: Path) -> list[Mapping[str, str]]:
    """The lines of files of cases, as they stand."""
    found: list[Mapping[str, str]] = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            found += csv.DictReader(stream)
    return found


def fitted(cases: Cases) -> dict[str, float]:
    """The weights that all cases together give."""
    learner = _learner().fit(cases.numbers, cases.labels)
    weights = dict(zip(FEATURES, learner.coef_[0].tolist(), strict=True))
    return {"constant": float(learner.intercept_[0]), **weights}


def _learner() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1_000)


def chances_unseen(cases: Cases) -> Numbers:
    """For each case, its chance by weights that were fitted without it."""
    found = np.zeros(len(cases.labels))
    for seed in range(ROUNDS):
        parts = StratifiedKFold(PARTS, shuffle=True, random_state=seed)
        found += cross_val_predict(
            _learner(), cases.numbers, cases.labels, cv=parts, method="predict_proba"
        )[:, 1]
    return found / ROUNDS


def report(cases: Cases, threshold: float) -> dict[str, object]:
    """Precision at a recall of 0.7; both at the threshold; and how well chances are calibrated."""
    chances = chances_unseen(cases)
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(cases.labels[order])
    enough = int(np.argmax(hits >= RECALL * cases.labels.sum()))
    over = chances > threshold
    return {
        "cases": len(chances),
        "placeholders": int(cases.labels.sum()),
        "precision_at_recall_70": round(float(hits[enough] / (enough + 1)), 4),
        "chance_at_recall_70": round(float(chances[order][enough]), 4),
        "threshold": threshold,
        "precision": round(float(cases.labels[over].mean()), 4) if over.any() else 0.0,
        "recall": round(float(over[cases.labels].mean()), 4),
        "brier": round(float(((chances - cases.labels) ** 2).mean()), 4),
        "calibration": _calibration(chances, cases.labels),
    }


def _calibration(chances: Numbers, labels: Labels) -> list[dict[str, float]]:
    found = []
    for low, high in pairwise(CUTS):
        inside = (chances >= low) & (chances < high if high < 1 else chances <= high)
        if inside.any():
            found.append(
                {
                    "from": low,
                    "to": high,
                    "cases": int(inside.sum()),
                    "said": round(float(chances[inside].mean()), 3),
                    "were": round(float(labels[inside].mean()), 3),
                }
            )
    return found
