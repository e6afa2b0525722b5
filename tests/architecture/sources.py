"""The project's own files, as the architecture tests see them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "connects"


def modules(package: Path = PACKAGE) -> Iterator[Path]:
    return (path for path in sorted(package.rglob("*.py")) if "migrations" not in path.parts)


@dataclass(frozen=True, slots=True)
class Reference:
    """A full name that a line refers to, such as `datetime.datetime.now`."""

    line: int
    name: str


def references(source: str) -> list[Reference]:
    """Return every name of an imported thing in the source, whatever alias it goes by."""
    tree = ast.parse(source)
    imported = dict(imports(tree))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, *rest = dotted(node)
            if first in imported:
                found.append(Reference(node.lineno, ".".join([imported[first], *rest])))
    return found


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (first, first)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def dotted(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [*dotted(node.value), node.attr]
    return [""]
