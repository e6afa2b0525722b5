"""Growing trees with scikit-learn, and writing them down as flat arrays.

The only module that loads scikit-learn; it comes with the extra `learning`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import (
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
)

from connects.estimate.trees import BEYOND, Trees

Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.float64]

DEPTH_MOST = 6
LEAF = 15
LEAVES_OF_FEW = 8
FEWEST_IN_LEAF = 5
"""The least posts of a leaf; of few posts it takes an eighth of them, or no tree could part them."""
RIDGE_STEPS = 60
RIDGE_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Node:
    """A node as scikit-learn has it; `left` is -1 for a leaf. Larger numbers go right."""

    feature: int
    threshold: float
    left: int
    right: int
    values: tuple[float, ...]


def boosted(rows: Matrix, amounts: Numbers, seed: int, **options: Any) -> Trees:
    """Gradient boosting; `options` are scikit-learn's, `loss` and `quantile` among them."""
    learner = HistGradientBoostingRegressor(**_boosting(seed, len(rows)), **options)
    learner.fit(rows, amounts)
    return _from_boosting(learner)


def boosted_odds(rows: Matrix, hits: npt.NDArray[np.bool_], seed: int, rounds: int) -> Trees:
    """Gradient boosting of the log odds of a yes."""
    if hits.all() or not hits.any():
        return _constant(30.0 if hits.all() else -30.0)
    settings = {
        **_boosting(seed, len(rows)),
        "max_leaf_nodes": 6,
        "max_features": 0.4,
        "learning_rate": 0.03,
    }
    learner = HistGradientBoostingClassifier(**settings, max_iter=rounds)
    learner.fit(rows, hits)
    return _from_boosting(learner)


def averaged(rows: Matrix, targets: Matrix, seed: int, leaf: int, trees: int = 80) -> Trees:
    """Randomised trees grown apart from each other, their leaves averaged; several targets at once."""
    learner = ExtraTreesRegressor(
        trees,
        min_samples_leaf=leaf,
        max_leaf_nodes=700,
        max_features=0.6,
        random_state=seed,
    )
    learner.fit(rows, targets if targets.shape[1] > 1 else targets[:, 0])
    grown = [list(_nodes(tree.tree_, trees)) for tree in learner.estimators_]
    return flattened(grown, targets.shape[1], (0.0,) * targets.shape[1])


def ridge(
    cells: Sequence[Sequence[tuple[int, float]]],
    columns: int,
    amounts: Sequence[float],
    strength: float,
) -> list[float]:
    """A weight for each column of rows that are mostly empty: `cells` are their columns and numbers.

    Conjugate gradients, which never need the matrix of columns by columns.
    """
    row_of = np.repeat(np.arange(len(cells)), [len(row) for row in cells])
    column_of = np.array([column for row in cells for column, _ in row], dtype=np.intp)
    number = np.array([number for row in cells for _, number in row], dtype=float)

    def by_column(of_rows: Numbers) -> Numbers:
        weighed = np.bincount(column_of, number * of_rows[row_of], minlength=columns)
        return weighed.astype(float)

    def curvature(weights: Numbers) -> Numbers:
        of_rows = np.bincount(row_of, number * weights[column_of], minlength=len(cells))
        return by_column(of_rows.astype(float)) + strength * weights

    above = np.array(amounts, dtype=float)
    left = by_column(above - above.mean())
    found, way, size = np.zeros(columns), left, float(np.sum(left * left))
    for _ in range(RIDGE_STEPS):
        if size < RIDGE_CLOSE:
            break
        along = curvature(way)
        step = size / float(np.sum(way * along))
        found, left = found + step * way, left - step * along
        size, before = float(np.sum(left * left)), size
        way = left + size / before * way
    return [float(weight) for weight in found]


def _boosting(seed: int, rows: int) -> dict[str, Any]:
    return {
        "max_depth": DEPTH_MOST,
        "max_leaf_nodes": 12,
        "min_samples_leaf": min(LEAF, max(rows // LEAVES_OF_FEW, FEWEST_IN_LEAF)),
        "l2_regularization": 5.0,
        "max_features": 0.25,
        "learning_rate": 0.04,
        "early_stopping": False,
        "random_state": seed,
    }


def _constant(value: float) -> Trees:
    return flattened([[Node(0, 0.0, -1, -1, (0.0,))]], 1, (value,))


def _from_boosting(learner: Any) -> Trees:
    # scikit-learn has no public way to these nodes; a test compares our sums with its own.
    grown = [
        [
            Node(
                int(node["feature_idx"]),
                float(node["num_threshold"]),
                -1 if node["is_leaf"] else int(node["left"]),
                int(node["right"]),
                (float(node["value"]),),
            )
            for node in predictors[0].nodes
        ]
        for predictors in learner._predictors  # noqa: SLF001
    ]
    base = float(np.ravel(learner._baseline_prediction)[0])  # noqa: SLF001
    return flattened(grown, 1, (base,))


def _nodes(tree: Any, trees: int) -> Iterator[Node]:
    for number in range(tree.node_count):
        yield Node(
            int(tree.feature[number]),
            float(tree.threshold[number]),
            int(tree.children_left[number]),
            int(tree.children_right[number]),
            tuple(float(value) / trees for value in np.ravel(tree.value[number])),
        )


def flattened(grown: Sequence[Sequence[Node]], width: int, base: tuple[float, ...]) -> Trees:
    """All trees one after another, children side by side."""
    trees = Trees(array("i"), 0, array("h"), array("f"), array("i"), width, array("f"), base)
    for nodes in grown:
        trees.roots.append(len(trees.children))
        trees.depth = max(trees.depth, _append(trees, nodes))
    return trees


def _append(trees: Trees, nodes: Sequence[Node]) -> int:
    """Add a tree, level by level; its depth is returned."""
    level, depth = [nodes[0]], -1
    while level:
        depth += 1
        after = len(trees.children) + len(level)
        below: list[Node] = []
        for node in level:
            leaf = node.left < 0
            trees.features.append(0 if leaf else node.feature)
            trees.thresholds.append(BEYOND if leaf else node.threshold)
            trees.children.append(len(trees.children) if leaf else after + len(below))
            trees.values.extend(node.values if leaf else (0.0,) * trees.width)
            below += [] if leaf else [nodes[node.left], nodes[node.right]]
        level = below
    return depth


def together(parts: Sequence[Trees]) -> Trees:
    """One ensemble whose sums are the mean of the parts' sums."""
    whole = Trees(array("i"), 0, array("h"), array("f"), array("i"), parts[0].width, array("f"), ())
    for part in parts:
        start = len(whole.children)
        whole.roots.extend(start + root for root in part.roots)
        whole.children.extend(start + child for child in part.children)
        whole.features.extend(part.features)
        whole.thresholds.extend(part.thresholds)
        whole.values.extend(value / len(parts) for value in part.values)
        whole.depth = max(whole.depth, part.depth)
    bases = zip(*(part.base for part in parts), strict=True)
    whole.base = tuple(sum(base) / len(parts) for base in bases)
    return whole
