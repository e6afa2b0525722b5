"""Ensembles of decision trees as flat arrays: nothing to execute, safe to read from a file.

All trees stand one after another. A node asks whether a number of the row is over its threshold; its
two children are neighbours, so `child + (number > threshold)` is the next node. A leaf is its own
child and its threshold is beyond all numbers, so walking on from it stays there.

One post is walked in plain Python, which a web process can do with nothing installed. Many are walked
together with NumPy, all trees of all posts one level at a time.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]

BEYOND = 3.0e38
ROWS_AT_ONCE = 128


@dataclass(slots=True)
class Trees:
    """Trees whose leaves' values are summed, from `base` on; `width` values a leaf.

    `roots` are the trees' first nodes and `depth` the longest way down.
    """

    roots: array[int]
    depth: int
    features: array[int]
    thresholds: array[float]
    children: array[int]
    width: int
    values: array[float]
    base: tuple[float, ...]

    def predict(self, row: list[float]) -> list[float]:
        """The sums for one row."""
        features, thresholds, children = self.features, self.thresholds, self.children
        width, values = self.width, self.values
        sums = list(self.base)
        for root in self.roots:
            node = root
            child = children[node]
            while child != node:
                node = child + (row[features[node]] > thresholds[node])
                child = children[node]
            for place in range(width):
                sums[place] += values[node * width + place]
        return sums

    def predict_many(self, rows: Matrix) -> Matrix:
        """The sums for many rows; needs NumPy."""
        import numpy as np  # noqa: PLC0415 a web process does without it

        arrays = (
            np.frombuffer(self.features, np.int16).astype(np.intp),
            np.frombuffer(self.thresholds, np.float32),
            np.frombuffer(self.children, np.int32).astype(np.intp),
        )
        values = np.frombuffer(self.values, np.float32).reshape(-1, self.width).astype(np.float64)
        roots = np.frombuffer(self.roots, np.int32).astype(np.intp)
        sums = np.empty((len(rows), self.width))
        for begin in range(0, len(rows), ROWS_AT_ONCE):
            part = rows[begin : begin + ROWS_AT_ONCE]
            leaves = _leaves(arrays, roots, self.depth, part)
            sums[begin : begin + ROWS_AT_ONCE] = values[leaves].sum(axis=1)
        sums += np.array(self.base)
        return sums


def _leaves(
    arrays: tuple[npt.NDArray[np.intp], npt.NDArray[np.float32], npt.NDArray[np.intp]],
    roots: npt.NDArray[np.intp],
    depth: int,
    rows: Matrix,
) -> npt.NDArray[np.intp]:
    import numpy as np  # noqa: PLC0415 a web process does without it

    features, thresholds, children = arrays
    width = rows.shape[1]
    flat = np.ascontiguousarray(rows, dtype=np.float32).ravel()
    starts = (np.arange(len(rows)) * width)[:, None]
    nodes = np.broadcast_to(roots, (len(rows), len(roots)))
    for _ in range(depth):
        over = flat.take(starts + features.take(nodes)) > thresholds.take(nodes)
        nodes = children.take(nodes) + over
    return nodes
