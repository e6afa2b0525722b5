"""Reading a scenario file: whole, or not at all."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from connects.policy.parse import RuleBookProblems, load_rule_book
from connects.policy.terms import RuleBook
from connects.scenarios.verbs import LATER_VERBS, QUESTIONS, VERBS, Verb
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
        tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise StoryUnreadableError(file, None, "file", error.strerror or str(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StoryUnreadableError(file, None, "file", f"not valid TOML: {error}") from error
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
    if verb in LATER_VERBS:
        raise StoryUnreadableError(file, number, verb, "not supported yet")
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


_TEXTS = frozenset(
    "account job client kind country policy default pay_with as category level reason by key".split()
)
_NUMBERS = frozenset(["bundle", "credits", "max_connects", "hours_per_week"])


def _check_values(file: str, number: int, verb: str, keys: dict[str, Any]) -> None:
    for key, value in keys.items():
        if verb == "expect":
            continue
        if key in _TEXTS and not isinstance(value, str):
            raise StoryUnreadableError(file, number, key, "expected a text")
        if key in _NUMBERS and (not isinstance(value, int) or isinstance(value, bool)):
            raise StoryUnreadableError(file, number, key, "expected a whole number")
        if key in ("budget", "index") and not _is_number(value):
            raise StoryUnreadableError(file, number, key, "expected a number")
        if key == "hourly" and not _is_pair(value):
            raise StoryUnreadableError(file, number, key, "expected [least, most]")
        if key in ("duration", "for"):
            _span(file, number, key, value)
        if key == "expires" and not isinstance(value, date):
            raise StoryUnreadableError(file, number, key, "expected a date")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


def _span(file: str, number: int, key: str, value: Any) -> timedelta:
    try:
        return parse_span(value)
    except (ValueError, AttributeError) as error:
        raise StoryUnreadableError(file, number, key, "expected a span such as '3 days'") from error


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
