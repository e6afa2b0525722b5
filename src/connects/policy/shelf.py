"""The shelf: the rule books that ship with Connects, and those in files.

A shipped rule book never changes: a change is a new version. `NAME.toml` is the newest one;
`NAME@VERSION.toml` are those before it, which stay readable for good, because accounts still live
under them and stories name them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from connects.policy.parse import load_rule_book, parse_rule_book
from connects.policy.terms import RuleBook
from connects.vocabulary.typed_input import whole_number

_BESIDE_PACKAGE = Path(__file__).resolve().parents[1] / "policies"
_IN_CHECKOUT = Path(__file__).resolve().parents[3] / "policies"


class RuleBookUnknown(LookupError):
    """No rule book of that name and version ships, and there is no such file."""

    def __init__(self, name: str) -> None:
        known = ", ".join(shipped_names())
        super().__init__(
            f"There is no rule book {name!r}. Shipped: {known}; or give a file's path."
        )


def _folder() -> Path:
    """Where the shipped files are: inside an installed package, at the top of a checkout."""
    return _BESIDE_PACKAGE if _BESIDE_PACKAGE.is_dir() else _IN_CHECKOUT


@cache
def _shipped_files() -> tuple[str, ...]:
    """The stems of all shipped files: names, and names with an earlier version."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


@cache
def shipped_names() -> tuple[str, ...]:
    """The names of the shipped rule books, in alphabetical order."""
    return tuple(stem for stem in _shipped_files() if "@" not in stem)


@cache
def shipped_labels() -> tuple[str, ...]:
    """Every version of every shipped rule book, such as `upwork-2018@1`, in alphabetical order."""
    return tuple(sorted(shipped(stem).label for stem in _shipped_files()))


def is_shipped(name: str) -> bool:
    """Whether a rule book of that name, or `NAME@VERSION`, ships."""
    return name in shipped_names() or ("@" in name and name in shipped_labels())


def shipped_text(name: str) -> str:
    """The file's text, of the newest version or of `NAME@VERSION`. Raises RuleBookUnknown."""
    return (_folder() / f"{_stem(name)}.toml").read_text(encoding="utf-8")


def shipped(name: str) -> RuleBook:
    """A shipped rule book, by name (the newest) or `NAME@VERSION`. Raises RuleBookUnknown."""
    return _read(_stem(name))


def _stem(name: str) -> str:
    """The stem of the file that holds this version."""
    if name in _shipped_files():
        return name
    newest, _, version = name.partition("@")
    if newest in shipped_names() and _read(newest).version == whole_number(version):
        return newest
    raise RuleBookUnknown(name)


@cache
def _read(stem: str) -> RuleBook:
    return parse_rule_book((_folder() / f"{stem}.toml").read_text(encoding="utf-8"), f"{stem}.toml")


def find(name_or_path: str) -> RuleBook:
    """A rule book by its shipped name, by `NAME@VERSION`, or by its file's path.

    Raises RuleBookUnknown, or RuleBookProblems where the file is not a whole rule book.
    """
    if is_shipped(name_or_path):
        return shipped(name_or_path)
    path = Path(name_or_path)
    try:
        is_file = path.is_file()
    except OSError:  # a name that is too long for any file
        is_file = False
    if not is_file:
        raise RuleBookUnknown(name_or_path[:100])
    return load_rule_book(path)
