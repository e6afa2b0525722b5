"""A model's file is data: it comes back as it was, and a damaged one is refused, never run."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connects.estimate.model import Model
from connects.estimate.model_file import ModelUnreadable, read_model, write_model
from connects.estimate.training import train
from tests.estimate.histories import fixed_posts


@pytest.fixture(scope="module")
def model() -> Model:
    return Model("2026-01-29", "d" * 64, "test", train(fixed_posts(60)))


@pytest.fixture
def file(model: Model, tmp_path: Path) -> Path:
    target = tmp_path / "folder" / "estimate.model"
    write_model(model, target)
    return target


def test_a_model_that_was_read_answers_as_the_one_that_was_written(
    model: Model, file: Path
) -> None:
    posts = fixed_posts(50, seed=2)

    again = read_model(file)

    assert again.estimate_many(posts) == model.estimate_many(posts)
    assert (again.name, again.library) == ("2026-01-29/dddddddd", "test")


def _trees(document: dict[str, Any]) -> dict[str, Any]:
    trees: dict[str, Any] = document["estimators"][0]["trees"][0]
    return trees


def _set(path: tuple[str, ...], value: Any) -> Callable[[dict[str, Any]], None]:
    def damage(document: dict[str, Any]) -> None:
        place = _trees(document) if path[0] == "trees" else document
        place[path[-1]] = value

    return damage


def _leads_back(document: dict[str, Any]) -> None:
    trees = _trees(document)
    trees["children"] = "AAAA" * (len(trees["children"]) // 4 - 1) + trees["children"][-4:]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_set(("format",), 99), "other inputs"),
        (_set(("inputs",), ["level"]), "other inputs"),
        (_set(("estimators",), [{}]), "not a model of this version"),
        (_set(("trees", "children"), "AAAA"), "not a model of this version"),
        (_set(("trees", "values"), "not base64!"), "not base64"),
        (_set(("trees", "values"), "AADAfw=="), "do not fit"),
        (_set(("trees", "roots"), "////fw=="), "a tree without a root"),
        (_set(("trees", "base"), [float("inf")]), "not finite"),
        (_set(("trees", "width"), 0), "do not fit"),
        (_leads_back, "in a circle"),
    ],
)
def test_a_damaged_model_is_refused_with_what_is_wrong(
    file: Path, damage: Callable[[dict[str, Any]], None], said: str
) -> None:
    document = json.loads(gzip.decompress(file.read_bytes()))
    damage(document)
    file.write_bytes(gzip.compress(json.dumps(document).encode()))

    with pytest.raises(ModelUnreadable, match=said):
        read_model(file)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", gzip.compress(b"[1]", mtime=0), b"\x1f\x8b\x08"]
)
def test_what_is_no_model_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "estimate.model"
    file.write_bytes(content)

    with pytest.raises(ModelUnreadable):
        read_model(file)
