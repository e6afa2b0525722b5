"""Every text of the product that somebody reads: out of templates, Python, and what is translated.

Values that are filled in stand as `x`, so that a text reads as one sentence. Where a template or a
string has alternatives, the longest is what the length of a sentence is judged by.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from tests.architecture.sources import PACKAGE

FILLED_IN = "x"
END = "\n"

OF_STAFF = (
    "api/",
    "console",
    "cli",
    "studies",
    "statements/books",
    "statements/checks/staff",
    "audit_words",
)
"""Where the readers are staff, operators and developers, who know a few words more."""

PYTHON = (
    "statements",
    "policy/explain.py",
    "policy/adjustment_words.py",
    "web",
    "console",
    "cli",
    "api/problems.py",
    "api/unreadable.py",
    "market/notices",
    "acts/notices",
    "acts/accounts",
)
"""Folders and modules whose strings people read."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its place. `alternatives` says it in full, with every branch of a condition."""

    where: str
    said: str
    alternatives: str

    @classmethod
    def of_template(cls, where: str, template: str) -> "Text":
        said, everything = _branches(_TAG.split(_without_comments(template)))
        if where.endswith(".html"):
            said, everything = _shown(said), _shown(everything)
        return cls(where, said, everything)

    @property
    def is_for_staff(self) -> bool:
        return any(part in self.where for part in OF_STAFF)


@cache
def texts() -> tuple[Text, ...]:
    return (*_of_templates(), *_of_python())


def sentences(text: str) -> Iterator[str]:
    for line in text.split(END):
        yield from (part for part in _SENTENCE.split(line) if part.strip())


def words(sentence: str) -> list[str]:
    return [word for word in sentence.split() if re.search(r"\w", word)]


_SENTENCE = re.compile(r"(?<=[.!?…])[”\")’]?\s+(?=[“\"A-Z0-9x(])")


# Templates

_TAG = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_OPENS = ("if", "for", "ifchanged", "blocktranslate", "blocktrans")
_NEXT = ("else", "elif", "empty", "plural")


def _of_templates() -> Iterator[Text]:
    for path in sorted(PACKAGE.glob("*/templates/**/*")):
        if path.suffix not in (".html", ".txt"):
            continue
        yield Text.of_template(path.relative_to(PACKAGE).as_posix(), path.read_text())


def _without_comments(text: str) -> str:
    return re.sub(r"\{% comment.*?endcomment %\}", "", text, flags=re.DOTALL)


def _branches(tokens: list[str]) -> tuple[str, str]:
    """The text by its longest branches, and with all of them."""
    waiting = iter(tokens)
    said, everything, _ = _until_closed(waiting)
    return said, everything


def _until_closed(waiting: Iterator[str]) -> tuple[str, str, str]:
    """What stands before the tag that closes or goes on, and that tag's name."""
    said: list[str] = []
    everything: list[str] = []
    for token in waiting:
        name = _name_of(token)
        if name in _NEXT or (name.startswith("end") and name.removeprefix("end") in _OPENS):
            return "".join(said), "".join(everything), name
        if name in _OPENS:
            longest, each = _choice(waiting)
            said.append(longest)
            everything.append(each)
        else:
            written = _written(token, name)
            said.append(written)
            everything.append(written)
    return "".join(said), "".join(everything), ""


def _choice(waiting: Iterator[str]) -> tuple[str, str]:
    longest, each, name = "", [], "else"
    while name in _NEXT:
        said, everything, name = _until_closed(waiting)
        longest = max(longest, said, key=lambda text: len(_shown(text).split()))
        each.append(everything)
    return longest, END.join(each) if len(each) > 1 else each[0]


def _name_of(token: str) -> str:
    return token.removeprefix("{%").split()[0] if token.startswith("{%") else ""


def _written(token: str, name: str) -> str:
    """A token as it reads: a literal as itself, a value as `x`, other tags as the texts they carry."""
    if token.startswith("{#"):
        return ""
    if token.startswith("{{"):
        return FILLED_IN
    if not name:
        return token
    quoted = [one or other for one, other in _QUOTED.findall(token)]
    if name in ("translate", "trans"):
        return (
            quoted[0]
            if quoted and " as " not in token
            else "".join(f"{END}{q}{END}" for q in quoted)
        )
    if name in ("url", "static", "load", "extends", "connects_asset"):
        return FILLED_IN if name == "url" else ""
    if name in ("block", "endblock", "include", "note", "endnote", "heading", "empty"):
        return END + END.join(text for text in quoted if " " in text) + END
    return FILLED_IN + "".join(f"{END}{text}{END}" for text in quoted if " " in text)


class _Shown(HTMLParser):
    inline = frozenset("a abbr b code em i kbd mark q s small span strong sub sup time".split())
    read = frozenset({"alt", "aria-label", "label", "placeholder", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.beside: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "svg"):
            self.silent += 1
        if tag not in self.inline:
            self.parts.append(END)
        self.beside += [value for name, value in attrs if value and name in self.read]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "svg"):
            self.silent -= 1
        if tag not in self.inline:
            self.parts.append(END)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"[^\S\n]+", " ", data))


def _shown(html: str) -> str:
    parser = _Shown()
    parser.feed(html)
    return re.sub(r"\s*\n\s*", END, "".join(parser.parts) + END + END.join(parser.beside))


# Python

_PROSE = re.compile(r"[A-Za-z’']{2,}[,:;]? (?:[\w“$€]|\{)|^[A-Z][a-z]{3,}$")


def _of_python() -> Iterator[Text]:
    for path in _modules():
        where = path.relative_to(PACKAGE).as_posix()
        for said, line in _strings(ast.parse(path.read_text())):
            if _PROSE.search(said):
                yield Text(f"{where}:{line}", said, said)


def _modules() -> Iterator[Path]:
    for name in PYTHON:
        place = PACKAGE / name
        yield from [place] if place.suffix else sorted(place.rglob("*.py"))


def _strings(tree: ast.AST) -> Iterator[tuple[str, int]]:
    silent = _docstrings(tree)
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if id(node) in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\{\w*\}|%\(\w+\)[sd]", FILLED_IN, node.value), node.lineno
        elif isinstance(node, ast.JoinedStr):
            yield "".join(map(_piece, node.values)), node.lineno
            waiting += [v for part in node.values for v in ast.iter_child_nodes(part)]
        else:
            waiting += ast.iter_child_nodes(node)


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    value = part.value
    if isinstance(value, ast.IfExp):
        ends = [e.value for e in (value.body, value.orelse) if isinstance(e, ast.Constant)]
        return str(max(ends, key=lambda end: len(str(end).split()), default=FILLED_IN))
    return FILLED_IN


def _docstrings(tree: ast.AST) -> set[int]:
    """Strings that stand as a statement of their own, which nobody reads but engineers."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
