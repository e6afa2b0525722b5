"""A model as one file: gzipped JSON, with the trees' arrays in base64.

Nothing in it is ever executed, so a file from elsewhere can do no more than estimate badly. What could
make reading it go wrong (arrays that do not fit each other, nodes that lead in circles, a number too
large) is refused with what is wrong.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import math
import sys
import zlib
from array import array
from dataclasses import asdict
from pathlib import Path
from typing import Any

from connects.estimate.encoding import KEYS, NAMES, Encoder, Means, Offer
from connects.estimate.estimator import Ensembles, Estimator, Widening
from connects.estimate.medians import GROUPS, Medians
from connects.estimate.model import Model
from connects.estimate.trees import Trees
from connects.vocabulary.facts import JobKind

FORMAT = 2
BYTES_MOST = 1_000_000_000
_ITEM_BYTES = {"i": 4, "h": 2, "f": 4}


class ModelUnreadable(ValueError):
    """A file that is no model; the message says why."""


def write_model(model: Model, path: Path) -> None:
    """Write the file whole, or not at all."""
    document = {
        "format": FORMAT,
        "trained": model.trained,
        "digest": model.digest,
        "library": model.library,
        "inputs": list(NAMES),
        "estimators": [
            {"source": source, "kind": kind.value, **_estimator_document(estimator)}
            for (source, kind), estimator in model.estimators.items()
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(gzip.compress(json.dumps(document).encode(), mtime=0))
    unfinished.replace(path)


def read_model(path: Path) -> Model:
    """The model in a file. Raises ModelUnreadable, or OSError where there is none to read."""
    try:
        with gzip.open(path, "rb") as stream:
            content = stream.read(BYTES_MOST)
        return _model(json.loads(content))
    except (gzip.BadGzipFile, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ModelUnreadable(f"{path}: not a model: {error}") from error
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ModelUnreadable(f"{path}: not a model of this version: {error}") from error


def _model(document: dict[str, Any]) -> Model:
    if document["format"] != FORMAT or document["inputs"] != list(NAMES):
        raise ValueError("it was trained with other inputs; train it again")
    estimators = {
        (str(each["source"]), JobKind(each["kind"])): _estimator(each)
        for each in document["estimators"]
    }
    trained, digest, library = (str(document[name]) for name in ("trained", "digest", "library"))
    return Model(trained, digest, library, estimators)


def _estimator_document(estimator: Estimator) -> dict[str, Any]:
    encoder, ensembles = estimator.encoder, estimator.ensembles
    return {
        "tables": {name: asdict(table) for name, table in encoder.tables.items()},
        "skills": asdict(encoder.skills),
        "offers": {
            client: [list(asdict(offer).values()) for offer in offers]
            for client, offers in encoder.offers.items()
        },
        "other": encoder.other,
        "trees": [_trees_document(trees) for trees in ensembles.in_order()],
        "widening": asdict(estimator.widening),
        "medians": estimator.medians.by_group,
        "edges": list(estimator.edges),
        "figures": estimator.figures,
    }


def _estimator(document: dict[str, Any]) -> Estimator:
    tables = {name: _means(document["tables"][name]) for name in KEYS}
    offers = {
        client: [_offer(offer) for offer in offers] for client, offers in document["offers"].items()
    }
    other = {client: (int(n), _finite(mean)) for client, (n, mean) in document["other"].items()}
    encoder = Encoder(tables, _means(document["skills"]), offers, other)
    edges = tuple(int(edge) for edge in document["edges"])
    trees = [_trees(each) for each in document["trees"]]
    widths = [1, 1, 1, 1 + len(edges), *(1 for _ in edges)]
    if [each.width for each in trees] != widths:
        raise ValueError("the trees do not fit the bands")
    widening = Widening(*(_finite(document["widening"][name]) for name in ("known", "unknown")))
    medians = Medians(
        {
            name: {key: int(cents) for key, cents in document["medians"][name].items()}
            for name in GROUPS
        }
    )
    median, low, high, averaged, *odds = trees
    ensembles = Ensembles(median, low, high, averaged, odds)
    figures = {name: _finite(figure) for name, figure in document["figures"].items()}
    return Estimator(encoder, ensembles, widening, medians, edges, figures)


def _means(document: dict[str, Any]) -> Means:
    by_key = {key: _finite(mean) for key, mean in document["by_key"].items()}
    return Means(_finite(document["overall"]), by_key)


def _offer(cells: list[Any]) -> Offer:
    post, subcategory, level, duration = (str(word) for word in cells[:4])
    title, amount, residual = cells[4:]
    length = None if title is None else int(title)
    return Offer(post, subcategory, level, duration, length, _finite(amount), _finite(residual))


def _finite(number: Any) -> float:
    if not math.isfinite(number):
        raise ValueError("a number that is not finite")
    return float(number)


def _trees_document(trees: Trees) -> dict[str, Any]:
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


def _trees(document: dict[str, Any]) -> Trees:
    trees = Trees(
        roots=_unpacked("i", document["roots"]),
        depth=int(document["depth"]),
        features=_unpacked("h", document["features"]),
        thresholds=_unpacked("f", document["thresholds"]),
        children=_unpacked("i", document["children"]),
        width=int(document["width"]),
        values=_unpacked("f", document["values"]),
        base=tuple(_finite(number) for number in document["base"]),
    )
    _check(trees)
    return trees


def _check(trees: Trees) -> None:
    """Every way down ends: each child stands after its parent, or is the leaf itself."""
    nodes = len(trees.children)
    lengths = {len(trees.features), len(trees.thresholds), nodes}
    if len(lengths) != 1 or len(trees.values) != nodes * trees.width or not trees.roots:
        raise ValueError("arrays of trees that do not fit each other")
    if len(trees.base) != trees.width or not 0 <= trees.depth <= nodes:
        raise ValueError("trees of another shape than they say")
    if not all(0 <= root < nodes for root in trees.roots):
        raise ValueError("a tree without a root")
    if not all(0 <= feature < len(NAMES) for feature in trees.features):
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
