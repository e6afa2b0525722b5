"""The shelf: the rule books that ship with Connects, and those in files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from connects.policy.parse import load_rule_book, parse_rule_book
from connects.policy.terms import RuleBook

_BESIDE_PACKAGE = Path(__file__).resolve().parents[1] / "policies"
_IN_CHECKOUT = Path(__file__).resolve().parents[3] / "policies"


class RuleBookUnknown(LookupError):
    """No rule book of that name ships, and there is no such file."""

    def __init__(self, name: str) -> None:
        known = ", ".join(shipped_names())
        super().__init__(
            f"There is no rule book {name!r}. Shipped: {known}; or give a file's path."
        )


def _folder() -> Path:
    """Where the shipped files are: inside an installed package, at the top of a checkout."""
    return _BESIDE_PACKAGE if _BESIDE_PACKAGE.is_dir() else _IN_CHECKOUT


@cache
def shipped_names() -> tuple[str, ...]:
    """The names of the shipped rule books, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def shipped_text(name: str) -> str:
    """The file's text. Raises RuleBookUnknown."""
    if name not in shipped_names():
        raise RuleBookUnknown(name)
    return (_folder() / f"{name}.toml").read_text(encoding="utf-8")


@cache
def shipped(name: str) -> RuleBook:
    """A shipped rule book. Raises RuleBookUnknown."""
    return parse_rule_book(shipped_text(name), f"{name}.toml")


def find(name_or_path: str) -> RuleBook:
    """A rule book by its shipped name or its file's path.

    Raises RuleBookUnknown, or RuleBookProblems where the file is not a whole rule book.
    """
    if name_or_path in shipped_names():
        return shipped(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise RuleBookUnknown(name_or_path)
    return load_rule_book(path)
