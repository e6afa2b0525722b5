"""Reading a scenario file: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from connects.policy.parse import RuleBookProblems, load_rule_book
from connects.policy.terms import RuleBook
from connects.scenarios.verbs import QUESTIONS, VERBS, Verb
from connects.vocabulary.documents import Unreadable, document_text, toml_tables
from connects.vocabulary.moments import as_moment, parse_span
from connects.vocabulary.refusals import RefusalCode


class StoryUnreadableError(ValueError):
    """A file that cannot be played: which, at which step (from 1), which key, and why."""

    def __init__(self, file: str, step: int | None, key: str, why: str) -> None:
        place = f"{file}: step {step}: {key}" if step else f"{file}: {key}"
        super().__init__(f"{place}: {why}")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: `at` is None where it happens at the time of the step before."""

    number: int
    verb: str
    keys: Mapping[str, Any]
    at: datetime | None
    error: RefusalCode | None


@dataclass(frozen=True, slots=True)
class OwnBook:
    """A rule book that a story brings along, with its text."""

    book: RuleBook
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario: a title, the rule book in force for everyone, and what happens."""

    file: str
    title: str
    policy: str
    own_books: tuple[OwnBook, ...]
    steps: tuple[Step, ...]


def read_story(path: Path) -> Story:
    """Read and check a scenario file. Raises StoryUnreadableError at the first thing amiss."""
    file = str(path)
    try:
        tables = toml_tables(document_text(path), parse_float=Decimal)
    except Unreadable as error:
        raise StoryUnreadableError(
            file, None, "file", f"expected a readable TOML file, found {error}"
        ) from error
    for key in tables.keys() - {"title", "policy", "policies", "step"}:
        raise StoryUnreadableError(file, None, key, "unknown key")
    for key in ("title", "policy"):
        if not isinstance(tables.get(key), str):
            raise StoryUnreadableError(file, None, key, "expected a text")
    steps = tables.get("step", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise StoryUnreadableError(file, None, "step", "expected tables [[step]]")
    return Story(
        file=file,
        title=tables["title"],
        policy=tables["policy"],
        own_books=_own_books(path, tables.get("policies", [])),
        steps=tuple(_step(file, number, step) for number, step in enumerate(steps, start=1)),
    )


def _own_books(path: Path, names: Any) -> tuple[OwnBook, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise StoryUnreadableError(str(path), None, "policies", "expected a list of paths")
    books = []
    for name in names:
        try:
            book = load_rule_book(path.parent / name)
        except RuleBookProblems as error:
            raise StoryUnreadableError(str(path), None, "policies", str(error)) from error
        books.append(OwnBook(book, (path.parent / name).read_text(encoding="utf-8")))
    return tuple(books)


def _step(file: str, number: int, table: dict[str, Any]) -> Step:
    verbs = [key for key in table if key not in ("at", "error")]
    if len(verbs) != 1:
        raise StoryUnreadableError(
            file, number, "step", f"expected exactly one verb, found {verbs}"
        )
    verb = verbs[0]
    if verb not in VERBS:
        raise StoryUnreadableError(file, number, verb, "unknown verb")
    keys = table[verb]
    if not isinstance(keys, dict):
        raise StoryUnreadableError(file, number, verb, "expected a table of keys")
    _check_keys(
        file, number, keys, VERBS[verb] if verb != "expect" else _question(file, number, keys)
    )
    _check_values(file, number, verb, keys)
    return Step(number, verb, keys, _at(file, number, table), _error(file, number, table))


def _question(file: str, number: int, keys: dict[str, Any]) -> Verb:
    # A question about a proposal names the account inside of the proposal's own table.
    for subject in ("proposal", "ledger", "account", "job"):
        if subject in keys:
            return QUESTIONS[subject]
    raise StoryUnreadableError(
        file, number, "expect", "expected account, job, proposal or ledger as its subject"
    )


def _check_keys(file: str, number: int, keys: dict[str, Any], verb: Verb) -> None:
    for key in keys:
        if key not in verb.keys:
            raise StoryUnreadableError(file, number, key, "unknown key")
        if key in verb.later:
            raise StoryUnreadableError(file, number, key, "not supported yet")
    for key in sorted(verb.required - keys.keys()):
        raise StoryUnreadableError(file, number, key, "missing")


def _check_values(file: str, number: int, verb: str, keys: dict[str, Any]) -> None:
    if verb == "expect":
        return
    for key, value in keys.items():
        for expected, named, fits in _VALUES:
            if key in named and not fits(value):
                raise StoryUnreadableError(file, number, key, f"expected {expected}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


def _is_span(value: Any) -> bool:
    try:
        parse_span(value)
    except (ValueError, AttributeError):
        return False
    return True


_VALUES: tuple[tuple[str, frozenset[str], Callable[[Any], bool]], ...] = (
    (
        "a text",
        frozenset(
            "account job client kind country policy default pay_with as category level reason by"
            " key plan owner add remove agency as_agency cloud name purchase state code member"
            " outcome".split()
        ),
        lambda value: isinstance(value, str),
    ),
    (
        "a whole number",
        frozenset("bundle credits connects below max_connects hours_per_week".split()),
        lambda value: isinstance(value, int) and not isinstance(value, bool),
    ),
    ("a number", frozenset(["budget", "index", "amount", "most", "percent"]), _is_number),
    ("[least, most]", frozenset(["hourly"]), _is_pair),
    (
        "true or false",
        frozenset(["notice", "declines", "at_once", "budget_open"]),
        lambda value: isinstance(value, bool),
    ),
    ("a list of texts", frozenset(["badges", "members"]), _are_texts),
    ("a span such as '3 days'", frozenset(["duration", "for"]), _is_span),
    ("a date", frozenset(["expires"]), lambda value: isinstance(value, date)),
)
"""What the values of these keys must be."""


def _at(file: str, number: int, table: dict[str, Any]) -> datetime | None:
    if "at" not in table:
        return None
    if not isinstance(table["at"], date):
        raise StoryUnreadableError(file, number, "at", "expected a date or a date-time")
    return as_moment(table["at"])


def _error(file: str, number: int, table: dict[str, Any]) -> RefusalCode | None:
    if "error" not in table:
        return None
    if table["error"] not in set(RefusalCode):
        raise StoryUnreadableError(file, number, "error", f"unknown error code {table['error']!r}")
    return RefusalCode(table["error"])
