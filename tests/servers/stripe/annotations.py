"""The types that Stripe's library declares for parameters and resources, as values to check by.

Half of them are names that only a type checker imports. They are looked up where that import says.
"""

import ast
import importlib
import inspect
import sys
from collections.abc import Hashable
from functools import cache
from types import ModuleType, SimpleNamespace
from typing import Any, cast, get_type_hints

from stripe._request_options import RequestOptions

OF_THE_CALL = frozenset(RequestOptions.__annotations__)
"""What is said to the library with a call, and never sent as a parameter."""


class ImportedNames(dict[str, Any]):
    """The names that a module imports anywhere, each fetched when it is asked for."""

    def __init__(self, module: ModuleType) -> None:
        super().__init__()
        self.sources = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(ast.parse(inspect.getsource(module)))
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }

    def __missing__(self, name: str) -> Any:
        module, original = self.sources[name]
        return getattr(importlib.import_module(module), original)


@cache
def imported_names(module: str) -> ImportedNames:
    return ImportedNames(sys.modules[module])


def annotations(declared: type) -> dict[str, Any]:
    """The type of each key or attribute that a class of the library declares."""
    # A resource compares like a dictionary, so that type checkers take its class for unhashable.
    return read_annotations(cast("Hashable", declared))


@cache
def read_annotations(declared: Any) -> dict[str, Any]:
    sent = {
        name: annotation
        for name, annotation in declared.__annotations__.items()
        if name not in OF_THE_CALL and not name.startswith("_")
    }
    module = sys.modules[declared.__module__]
    return get_type_hints(
        SimpleNamespace(__annotations__=sent),
        globalns=vars(module),
        localns=imported_names(declared.__module__),
        include_extras=True,
    )
