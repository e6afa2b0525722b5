"""Two classes with a method for each operation, one synchronous and one asynchronous.

The generator makes a module for each operation, each called with a client and answering with all that
may come. People want `connects.put_account("u-7", AccountBody(…))`, and the document of a success. So
the methods are written out from the modules' signatures, with the types that these have.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

SYNC, ASYNC = "Operations", "AsyncOperations"
HEAD = '''"""A method for each operation of the API, written by `clients/facade.py`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from connects_client.answers import answered
'''


@dataclass(frozen=True)
class Operation:
    """An operation as the generator made it: what it says, takes and gives, and what it needs."""

    name: str
    says: str
    arguments: dict[str, tuple[str, str | None]]
    gives: str
    imports: tuple[str, ...]

    @property
    def bulk_item(self) -> str | None:
        """The class of one item, where many may be sent at once."""
        found = re.search(r"list\[(\w+Type0Item)\]", self.arguments.get("body", ("", None))[0])
        return found[1] if found else None


def write_operations(package: Path) -> None:
    """Write `operations.py` into the package that was generated."""
    found = [operation_in(file) for file in package.glob("api/*/[!_]*.py")]
    found.sort(key=lambda each: each.name)
    bodies = {each.name: each.arguments["body"][0] for each in found if "body" in each.arguments}
    imports = sorted({line for each in found for line in each.imports})
    parts = [HEAD, *imports, *_classes(found, bodies)]
    (package / "operations.py").write_text("\n".join(parts))


def operation_in(file: Path) -> Operation:
    tree = ast.parse(file.read_text())
    (function,) = (
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "sync_detailed"
    )
    asked = function.args
    defaults = [None] * (len(asked.args) - len(asked.defaults)) + asked.defaults
    arguments = {
        each.arg: (_text(each.annotation), None if default is None else ast.unparse(default))
        for each, default in zip(
            [*asked.args, *asked.kwonlyargs], [*defaults, *asked.kw_defaults], strict=True
        )
        if each.arg != "client"
    }
    gives = re.fullmatch(r"Response\[(.+)\]", _text(function.returns))
    assert gives is not None
    told = [each for each in gives[1].split(" | ") if each != "Problem"]
    tag, name = file.parent.name, file.stem
    own = f"from connects_client.generated.api.{tag} import {name} as _{name}"
    says = re.split(r"\n\n\s*(?:Args|Raises):", ast.get_docstring(function) or name)[0]
    return Operation(name, says, arguments, " | ".join(told), (own, *_imports(tree)))


def _imports(tree: ast.Module) -> list[str]:
    """What the signature needs of models and types, by the whole name of its module."""
    return [
        f"from connects_client.generated.{node.module} import {name.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.level == 3
        for name in node.names
        if node.module is not None and node.module.startswith(("models", "types"))
    ]


def _text(node: ast.expr | None) -> str:
    assert node is not None
    return ast.unparse(node)


def _classes(operations: list[Operation], bodies: dict[str, str]) -> list[str]:
    lines = ["from connects_client.generated.client import AuthenticatedClient"]
    for kind in (SYNC, ASYNC):
        lines += [
            f"\n\nclass {kind}:",
            '    """The API, a method for each operation. Refusals are raised as `Refused`."""\n',
            "    api: AuthenticatedClient\n",
        ]
        lines += [_method(each, bodies, is_async=kind == ASYNC) for each in operations]
    return lines


def _method(operation: Operation, bodies: dict[str, str], *, is_async: bool) -> str:
    taken, passed = [], ["client=self.api"]
    for name, (kind, default) in sorted(operation.arguments.items(), key=lambda each: _rank(*each)):
        if name == "body" and operation.bulk_item:
            one = bodies[operation.name.removesuffix("s")]
            taken.append(f"bodies: Mapping[str, {one}]")
            item = f"{operation.bulk_item}.from_dict({{'id': id, **body.to_dict()}})"
            passed.append(f"body=[{item} for id, body in bodies.items()]")
            continue
        if default is not None and "*" not in taken:
            taken.append("*")
        taken.append(f"{name}: {kind}" + ("" if default is None else f" = {default}"))
        passed.append(f"{name}={name}")
    begins, waits, way = (
        ("async ", "await ", "asyncio_detailed") if is_async else ("", "", "sync_detailed")
    )
    call = f"answered({waits}_{operation.name}.{way}({', '.join(passed)}))"
    is_empty = operation.gives in ("Any", "")
    says = operation.says.strip().replace("\n", "\n        ").replace("\\", "\\\\")
    return (
        f"    {begins}def {operation.name}(self, {', '.join(taken)})"
        f" -> {'None' if is_empty else operation.gives}:\n"
        f'        """{says}"""\n'
        f"        {'' if is_empty else 'return '}{call}\n"
    )


def _rank(name: str, told: tuple[str, str | None]) -> tuple[bool, bool]:
    """Ids first, then the body, then what may be left out."""
    return (told[1] is not None, name == "body")
