"""Rule books as tables that a test may change, and as the TOML text that somebody could have written."""

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from connects.policy.parse import Problem, RuleBookProblems, parse_rule_book
from connects.policy.shelf import shipped_text
from connects.policy.terms import RuleBook

Path = tuple[str | int, ...]

GONE = object()
"""In the place of a value: the key is left out."""


def tables(name: str) -> dict[str, Any]:
    """A shipped rule book's tables, a copy for each caller."""
    return tomllib.loads(shipped_text(name))


def as_toml(value: dict[str, Any]) -> str:
    """Tables as TOML text: every table inline, which TOML allows."""
    return "".join(f"{_key(key)} = {_inline(inner)}\n" for key, inner in value.items())


def _key(key: str) -> str:
    return f'"{key}"'


def _inline(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dict():
            inner = ", ".join(f"{_key(key)} = {_inline(each)}" for key, each in value.items())
            return f"{{ {inner} }}"
        case list():
            return f"[{', '.join(map(_inline, value))}]"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case date():
            return value.isoformat()
        case _:
            return str(value)


def at(table: Any, path: Path) -> Any:
    """What stands at a path of keys and places."""
    for step in path:
        table = table[step]
    return table


def put(table: dict[str, Any], path: Path, value: Any) -> None:
    """Write a value at a path, making the tables on the way that are not there yet."""
    inner: Any = table
    for step in path[:-1]:
        inner = inner.setdefault(step, {}) if isinstance(inner, dict) else inner[step]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value


def written(name: str, changes: dict[str, Any] | None = None) -> str:
    """A shipped rule book's text with some keys changed: `{"plans.1.title": "Gold"}`."""
    changed = tables(name)
    for path, value in (changes or {}).items():
        put(changed, steps(path), value)
    return as_toml(changed)


def book(name: str, changes: dict[str, Any] | None = None) -> RuleBook:
    """A shipped rule book with some keys changed."""
    return parse_rule_book(written(name, changes), "changed.toml")


def problems(text: str) -> tuple[Problem, ...]:
    """All that is told of a text that is no rule book."""
    with pytest.raises(RuleBookProblems) as caught:
        parse_rule_book(text, "mine.toml")
    assert {problem.file for problem in caught.value.problems} == {"mine.toml"}
    return caught.value.problems


def steps(dotted: str) -> Path:
    return tuple(int(step) if step.isdigit() else step for step in dotted.split("."))


def said(path: Path) -> str:
    """A path as problems say it: `bundles.offers[0].price`."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".")


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths to all values that are no tables and no lists of tables."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path


def inner_tables(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths to all tables, the rule book itself first."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from inner_tables(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from inner_tables(inner, (*path, place))
