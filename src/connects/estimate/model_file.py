"""A model as one file: gzipped JSON, with the trees' arrays in base64.

Nothing in it is ever executed, so a foreign file can do no more than estimate badly. What could break
reading it (arrays that do not fit each other, nodes that lead in circles, a number too large) is
refused with what is wrong.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from connects.estimate import texts
from connects.estimate.encoding import (
    COUNTED,
    KEYS,
    NAMES,
    RATED,
    Encoder,
    Means,
    Surroundings,
)
from connects.estimate.estimator import Ensembles, Estimator, Widening
from connects.estimate.judgement import Ends, Judgement
from connects.estimate.medians import GROUPS, Medians
from connects.estimate.model import Learned, Model
from connects.estimate.offers import LIKENESS_MOST, Offer
from connects.estimate.pool import Pool, Usual
from connects.estimate.trees_file import finite, trees_document, trees_read
from connects.vocabulary.facts import JobKind

FORMAT = 6
BYTES_MOST = 250_000_000
# A model of ours unpacks to some 2 to 10 times its file; a small file that unpacks hugely is a trap.
UNPACKS_MOST = 50
UNPACKS_ALWAYS = 4_000_000


class ModelUnreadable(ValueError):
    """A file that is no model; the message says why."""


def write_model(model: Model, path: Path) -> None:
    """Write the file whole, or not at all."""
    document = {
        "format": FORMAT,
        "trained": model.trained,
        "digest": model.digest,
        "library": model.library,
        "inputs": [*NAMES, *texts.NAMES],
        "estimators": [
            {"source": source, "kind": kind.value, **_estimator_document(estimator)}
            for (source, kind), estimator in model.learned.estimators.items()
        ],
        "pools": {kind.value: _pool_document(pool) for kind, pool in model.learned.pools.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(gzip.compress(json.dumps(document).encode(), mtime=0))
    unfinished.replace(path)


def read_model(path: Path) -> Model:
    """The model in a file. Raises ModelUnreadable, or OSError where there is none to read."""
    try:
        return _model(json.loads(_unpacked(path)))
    except (gzip.BadGzipFile, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ModelUnreadable(f"{path}: not a model: {error}") from error
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ModelUnreadable(f"{path}: not a model of this version: {error}") from error


def _unpacked(path: Path) -> bytes:
    """The file's content. Raises EOFError where it unpacks to more than a model does."""
    most = min(BYTES_MOST, UNPACKS_ALWAYS + UNPACKS_MOST * path.stat().st_size)
    with gzip.open(path, "rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise EOFError(f"it unpacks to more than {most:,} bytes")
    return content


def _model(document: dict[str, Any]) -> Model:
    if document["format"] != FORMAT or document["inputs"] != [*NAMES, *texts.NAMES]:
        raise ValueError("it was trained with other inputs; train it again")
    pools = {JobKind(kind): _pool(each) for kind, each in document["pools"].items()}
    estimators = {
        (str(each["source"]), JobKind(each["kind"])): _estimator(each, pools[JobKind(each["kind"])])
        for each in document["estimators"]
    }
    trained, digest, library = (str(document[name]) for name in ("trained", "digest", "library"))
    return Model(trained, digest, library, Learned(estimators, pools))


def _estimator_document(estimator: Estimator) -> dict[str, Any]:
    ensembles = estimator.ensembles
    return {
        "encoder": _encoder_document(estimator.encoder),
        "trees": [trees_document(trees) for trees in ensembles.in_order()],
        "thresholds": list(ensembles.thresholds),
        "edges": list(ensembles.edges),
        "judgement": asdict(estimator.judgement),
        "widening": asdict(estimator.widening),
        "medians": estimator.medians.by_group,
        "figures": estimator.figures,
    }


def _pool_document(pool: Pool) -> dict[str, Any]:
    return {
        "encoder": _encoder_document(pool.encoder),
        "trees": [trees_document(trees) for trees in pool.in_order()],
        "usual": pool.usual.by_source,
        "centre": pool.usual.centre,
        "widening": pool.widening,
        "figures": pool.figures,
    }


def _encoder_document(encoder: Encoder) -> dict[str, Any]:
    return {
        "tables": {name: asdict(table) for name, table in encoder.tables.items()},
        "skills": asdict(encoder.skills),
        "surroundings": asdict(encoder.surroundings),
        "offers": {
            client: [list(asdict(offer).values()) for offer in offers]
            for client, offers in encoder.offers.items()
        },
        "other": encoder.other,
        "words": [words.weights for words in encoder.words],
    }


def _pool(document: dict[str, Any]) -> Pool:
    encoder = _encoder(document["encoder"])
    median, low, high = (trees_read(each, len(NAMES)) for each in document["trees"])
    if {each.width for each in (median, low, high)} != {1} or encoder.words:
        raise ValueError("a pool of another version")
    usual = {source: finite(own) for source, own in document["usual"].items()}
    figures = {name: finite(figure) for name, figure in document["figures"].items()}
    centre, widening = finite(document["centre"]), _ends(document["widening"])
    return Pool(encoder, median, low, high, Usual(usual, centre), widening, figures)


def _estimator(document: dict[str, Any], pool: Pool) -> Estimator:
    encoder = _encoder(document["encoder"])
    ensembles = _ensembles(document, len(NAMES) + len(encoder.words))
    judgement = _judgement(document["judgement"])
    if len(ensembles.odds) != len(judgement.edges):
        raise ValueError("the trees do not fit the bands")
    widening = _widening(document["widening"])
    medians = Medians(
        {
            name: {key: int(cents) for key, cents in document["medians"][name].items()}
            for name in GROUPS
        }
    )
    medians.by_group["global"][""]  # the one that all others fall back to
    figures = {name: finite(figure) for name, figure in document["figures"].items()}
    return Estimator(encoder, ensembles, judgement, widening, medians, figures, pool)


def _widening(document: dict[str, Any]) -> Widening:
    first, second = (finite(cut) for cut in document["cuts"])
    unknown, known, alike = (
        (_ends(low), _ends(middle), _ends(high))
        for low, middle, high in (document[name] for name in ("unknown", "known", "alike"))
    )
    return Widening((first, second), unknown, known, alike)


def _ends(cells: list[Any]) -> Ends:
    below, above = (finite(cell) for cell in cells)
    return below, above


def _ensembles(document: dict[str, Any], inputs: int) -> Ensembles:
    trees = [trees_read(each, inputs) for each in document["trees"]]
    thresholds = tuple(finite(each) for each in document["thresholds"])
    edges = tuple(int(place) for place in document["edges"])
    widths = [1, 1, 1, len(thresholds), *(1 for _ in edges)]
    if [each.width for each in trees] != widths:
        raise ValueError("the trees do not fit the bands")
    if not all(0 <= place < len(thresholds) for place in edges):
        raise ValueError("an edge that is no threshold")
    median, low, high, averaged, *odds = trees
    return Ensembles(median, low, high, averaged, odds, thresholds, edges)


def _judgement(document: dict[str, Any]) -> Judgement:
    shares = tuple(finite(share) for share in document["shares"])
    grouping = str(document["grouping"])
    if len(shares) != LIKENESS_MOST + 1 or grouping not in GROUPS:
        raise ValueError("a judgement of another version")
    typical = tuple(finite(amount) for amount in document["typical"])
    edges = tuple(int(edge) for edge in document["edges"])
    unknown, known = (finite(share) for share in document["pooled"])
    trust = finite(document["trust"])
    return Judgement((unknown, known), shares, trust, grouping, typical, edges)


def _encoder(document: dict[str, Any]) -> Encoder:
    around = document["surroundings"]
    words = tuple(
        texts.Words({int(bucket): finite(weight) for bucket, weight in weights.items()})
        for weights in document["words"]
    )
    if len(words) not in (0, len(texts.NAMES)):
        raise ValueError("words of other texts")
    return Encoder(
        {name: _means(document["tables"][name]) for name in KEYS},
        _means(document["skills"]),
        Surroundings(
            {
                name: {key: (int(own), int(other)) for key, (own, other) in counts.items()}
                for name, counts in ((name, around["counts"][name]) for name in COUNTED)
            },
            {name: _means(around["rates"][name]) for name in RATED},
        ),
        {
            client: [_offer(offer) for offer in offers]
            for client, offers in document["offers"].items()
        },
        {client: (int(n), finite(mean)) for client, (n, mean) in document["other"].items()},
        words,
    )


def _means(document: dict[str, Any]) -> Means:
    by_key = {key: finite(mean) for key, mean in document["by_key"].items()}
    return Means(finite(document["overall"]), by_key)


def _offer(cells: list[Any]) -> Offer:
    post, subcategory, level, duration = (str(word) for word in cells[:4])
    title, hours, amount, residual = cells[4:]
    return Offer(
        post,
        subcategory,
        level,
        duration,
        None if title is None else int(title),
        None if hours is None else finite(hours),
        finite(amount),
        finite(residual),
    )
