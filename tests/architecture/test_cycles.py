"""No module, and no folder, reaches back to itself by what it imports."""

from collections import defaultdict
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile

import grimp
import pytest

Imports = Iterable[tuple[str, str]]


def imports_of(package: str) -> Imports:
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            yield importer, imported


def circles(imports: Imports) -> list[list[str]]:
    """For each folder, a circle of those directly inside it, be they modules or folders."""
    siblings: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for importer, imported in imports:
        ours, theirs = importer.split("."), imported.split(".")
        shared = len(
            list(takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))
        )
        if shared < min(len(ours), len(theirs)):
            folder = ".".join(ours[:shared])
            siblings[folder][ours[shared]].add(theirs[shared])
    found = []
    for graph in siblings.values():
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            found.append(error.args[1])
    return found


def test_nothing_reaches_back_to_itself() -> None:
    assert circles(imports_of("connects")) == []


@pytest.mark.parametrize(
    "imports",
    [
        [("top.a", "top.b"), ("top.b", "top.a")],
        [("top.a.x", "top.b.x"), ("top.b.y", "top.a.y")],
        [("top.a", "top.b"), ("top.b", "top.c.x"), ("top.c.y", "top.a")],
    ],
)
def test_a_circle_is_seen(imports: list[tuple[str, str]]) -> None:
    assert len(circles(imports)) == 1


def test_a_folder_may_import_what_is_inside_it_and_the_other_way_round() -> None:
    assert circles([("top.a", "top.a.x"), ("top.a.x", "top.a"), ("top.b", "top.a.x")]) == []
