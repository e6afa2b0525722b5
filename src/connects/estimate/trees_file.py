"""Trees as part of a model's file: flat arrays in base64, checked when they are read."""

from __future__ import annotations

import base64
import binascii
import math
import sys
from array import array
from typing import Any

from connects.estimate.trees import Trees

_ITEM_BYTES = {"i": 4, "h": 2, "f": 4}


def finite(number: Any) -> float:
    """The number, if it is one. Raises ValueError."""
    if not math.isfinite(number):
        raise ValueError("a number that is not finite")
    return float(number)


def trees_document(trees: Trees) -> dict[str, Any]:
    """The trees, to write down."""
    return {
        "depth": trees.depth,
        "width": trees.width,
        "base": list(trees.base),
        "roots": _packed(trees.roots),
        "features": _packed(trees.features),
        "thresholds": _packed(trees.thresholds),
        "children": _packed(trees.children),
        "values": _packed(trees.values),
    }


def trees_read(document: dict[str, Any], inputs: int) -> Trees:
    """Trees that ask for `inputs` numbers. Raises ValueError or KeyError where they are damaged."""
    trees = Trees(
        roots=_unpacked("i", document["roots"]),
        depth=int(document["depth"]),
        features=_unpacked("h", document["features"]),
        thresholds=_unpacked("f", document["thresholds"]),
        children=_unpacked("i", document["children"]),
        width=int(document["width"]),
        values=_unpacked("f", document["values"]),
        base=tuple(finite(number) for number in document["base"]),
    )
    _check(trees, inputs)
    return trees


def _check(trees: Trees, inputs: int) -> None:
    """Every way down ends: each child stands after its parent, or is the leaf itself."""
    nodes = len(trees.children)
    lengths = {len(trees.features), len(trees.thresholds), nodes}
    if len(lengths) != 1 or len(trees.values) != nodes * trees.width or not trees.roots:
        raise ValueError("arrays of trees that do not fit each other")
    if len(trees.base) != trees.width or not 0 <= trees.depth <= nodes:
        raise ValueError("trees of another shape than they say")
    if not all(0 <= root < nodes for root in trees.roots):
        raise ValueError("a tree without a root")
    if not all(0 <= feature < inputs for feature in trees.features):
        raise ValueError("a node that asks for an unknown input")
    if not all(
        child == node or node < child < nodes - 1 for node, child in enumerate(trees.children)
    ):
        raise ValueError("a node that leads in a circle")
    if not all(math.isfinite(value) for value in trees.values):
        raise ValueError("a leaf that is not a number")


def _packed(numbers: array[Any]) -> str:
    ours = numbers if sys.byteorder == "little" else _swapped(numbers)
    return base64.b64encode(ours.tobytes()).decode("ascii")


def _unpacked(code: str, text: str) -> array[Any]:
    numbers = array(code)
    if numbers.itemsize != _ITEM_BYTES[code]:
        raise ValueError("this machine's numbers have another size")
    try:
        numbers.frombytes(base64.b64decode(text, validate=True))
    except binascii.Error as error:
        raise ValueError("an array that is not base64") from error
    return numbers if sys.byteorder == "little" else _swapped(numbers)


def _swapped(numbers: array[Any]) -> array[Any]:
    swapped = array(numbers.typecode, numbers)
    swapped.byteswap()
    return swapped
