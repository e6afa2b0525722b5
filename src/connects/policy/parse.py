"""Read a rule book: it is loaded whole, or all of its problems are reported."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from connects.policy.clause import CURRENCY, IN_ITS_PLACE
from connects.policy.terms import RuleBook
from connects.vocabulary.documents import Place, Unreadable, document_text, toml_tables
from connects.vocabulary.toml_lines import line_of


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the file, the path of keys, what was expected, what was there.

    Where nothing is said to be expected, `found` says all by itself; without a path it is about the whole
    file. `line` is where in the file that is, where it is known.
    """

    file: str
    path: str
    expected: str
    found: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        where = f"{place}: {self.path}" if self.path else place
        what = f"expected {self.expected}, found {self.found}" if self.expected else self.found
        return f"{where}: {what}"


class DocumentProblems(ValueError):
    """A document that cannot be loaded, with all of its problems."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class RuleBookProblems(DocumentProblems):
    """A rule book that cannot be loaded, with all of its problems."""


def load_rule_book(path: Path) -> RuleBook:
    """Read a rule book's file. Raises RuleBookProblems with all that is wrong."""
    try:
        text = document_text(path)
    except Unreadable as error:
        raise RuleBookProblems((not_read(error, str(path)),)) from error
    return parse_rule_book(text, str(path))


def parse_rule_book(text: str, origin: str) -> RuleBook:
    """Read a rule book's text; `origin` names it in problems. Raises RuleBookProblems."""
    try:
        tables = toml_tables(text)
    except Unreadable as error:
        raise RuleBookProblems((not_toml(error, origin, text),)) from error
    book = rule_book_of(tables, origin)
    return book.model_copy(update={"digest": hashlib.sha256(text.encode()).hexdigest()})


def rule_book_of(tables: Mapping[str, Any], origin: str) -> RuleBook:
    """A rule book's tables as a rule book, without a digest. Raises RuleBookProblems."""
    if "digest" in tables:
        unknown = Problem(origin, "digest", "a key of the rule book", "an unknown key")
        raise RuleBookProblems((unknown,))
    try:
        return RuleBook.model_validate(tables, context={CURRENCY: str(tables.get("currency"))})
    except ValidationError as error:
        raise RuleBookProblems(tuple(problems_of(error, origin, tables))) from error


def not_read(error: Unreadable, file: str) -> Problem:
    """A file whose text cannot be had."""
    return Problem(file, "", "", f"this file cannot be read: {error}")


def not_toml(error: Unreadable, origin: str, text: str) -> Problem:
    """A text that is no TOML, or holds what nobody can mean."""
    if error.place:
        return Problem(origin, _path(error.place), "", str(error), line_of(text, error.place))
    return Problem(origin, "", "", f"this is not valid TOML: {error}")


def problems_of(
    error: ValidationError,
    origin: str,
    tables: Mapping[str, Any],
    document: str = "rule book",
    text: str | None = None,
) -> list[Problem]:
    """All that is wrong with a `document`, in words for who writes it; with lines where `text` is its."""
    found = []
    for detail in error.errors(include_url=False):
        said = [((), _expected(detail, document), _found(detail))]
        if detail["type"] == IN_ITS_PLACE:
            said = detail["ctx"]["said"]
        for place, expected, was in said:
            steps = _as_written((*detail["loc"], *place), tables)
            line = None if text is None else line_of(text, steps)
            found.append(Problem(origin, _path(steps), expected, was, line))
    return found


def _as_written(location: Place, tables: Any) -> Place:
    """The place in the file: where one table stands for a list of one, it has no number there."""
    steps: list[int | str] = []
    for step in location:
        if isinstance(step, int) and isinstance(tables, dict):
            continue
        steps.append(step)
        try:
            tables = tables[step]
        except (LookupError, TypeError):
            tables = None
    return tuple(steps)


def _path(location: Place) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")


_EXPECTED = {
    "bool_type": "true or false",
    "date_type": "a date such as 2026-01-01, without quotes",
    "greater_than_equal": "{ge} or more",
    "int_type": "a whole number, without quotes",
    "less_than_equal": "{le} or less",
    "list_type": "a list",
    "model_type": "a table",
    "string_pattern_mismatch": "a text that fits the pattern {pattern}",
    "string_too_long": "a text of at most {max_length} characters",
    "string_too_short": "a text that is not empty",
    "string_type": "a text in quotes",
    "too_short": "a list that is not empty",
    "tuple_type": "a list",
}
"""Messages for someone who writes TOML, instead of the library's words for Python's types."""


def _expected(detail: Any, document: str) -> str:
    match detail["type"]:
        case "extra_forbidden":
            return f"a key of the {document}"
        case "missing":
            return "a value"
        case "value_error":
            return str(detail["ctx"]["error"])
        case kind if kind in _EXPECTED:
            return _EXPECTED[kind].format(**detail.get("ctx", {}))
        case _:
            message = str(detail["msg"])
            return message.removeprefix("Input should be ").removeprefix("Value should have ")


def _found(detail: Any) -> str:
    match detail["type"]:
        case "extra_forbidden":
            return "an unknown key"
        case "missing":
            return "nothing"
        case _:
            shown = repr(detail["input"])
            return shown if len(shown) <= 60 else shown[:57] + "..."
