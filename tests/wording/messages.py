"""The messages of the project, and their translations: `make messages`, after a string has changed.

    python -m tests.wording.messages    # collects, updates each language's table, compiles it

Babel reads the code, and templates as Django's `templatize` makes them readable. Each language has one
table (`locale/CODE/LC_MESSAGES/django.po`), sorted by file, without line numbers and dates, so that
branches seldom meet. What needs a translation is listed at the end. Babel compiles the table into the
`.mo` file beside it, which is committed: an installation needs no step and no tool for it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from connects.wording.languages import LANGUAGES, SOURCE
from connects.wording.messages import DOMAIN, FOLDER
from tests.architecture.sources import PACKAGE

_LAZY = {"gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "mark": None,
    "ngettext": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    **_LAZY,
}
# A file that names neither has no message; most have none, and are read in no time.
_SPEAKS = re.compile(r"connects\.wording\.messages|django\.utils\.translation")
_HEADERS_KEPT = ("Project-Id-Version", "Language:", "Plural-Forms", "MIME-Version", "Content-")
_PLACES = re.compile(r"\{(\w+)[^{}]*\}|%\((\w+)\)s")


def collected(package: Path = PACKAGE) -> Catalog:
    """All messages of the code and the templates."""
    found = Catalog(project="Connects", charset="utf-8")
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        for line, message, comments, context in _messages_of(path):
            found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def _messages_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_text()
        readable = source if _SPEAKS.search(source) else ""
    elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
        from django.utils.translation.template import templatize

        # In brackets, where Python minds no indentation.
        readable = f"({templatize(path.read_text(), origin=path.name)}\n)"
    else:
        return
    if readable:
        yield from extract("python", BytesIO(readable.encode()), KEYWORDS, ["Translators:"])


def table_file(code: str, folder: Path = FOLDER) -> Path:
    """Where the translations into a language stand."""
    return folder / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def translated(code: str, folder: Path = FOLDER) -> Catalog:
    """The translations into a language as they are."""
    path = table_file(code, folder)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def updated(table: Catalog, messages: Catalog) -> Catalog:
    """A table with these messages: new ones are empty, and what is used no more is gone."""
    table.update(messages, no_fuzzy_matching=True)
    table.obsolete.clear()
    return table


def as_text(table: Catalog) -> str:
    """A table as it is kept."""
    file = BytesIO()
    table.fuzzy = False
    table.header_comment = (
        "# What Connects says in this language; `make messages` keeps the file in order."
    )
    write_po(file, table, width=100, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    header, rest = file.getvalue().decode().split("\n\n", 1)
    lines = [
        line
        for line in header.splitlines()
        if not re.match(r'"[A-Z]', line) or line.startswith(tuple(f'"{x}' for x in _HEADERS_KEPT))
    ]
    return "\n".join(lines) + "\n\n" + rest


def compiled(table: Catalog) -> bytes:
    """A table as programs read it, with no trace of when it was made."""
    table.creation_date = table.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    file = BytesIO()
    write_mo(file, table)
    return file.getvalue()


def wrong(message: Message) -> str:
    """What is wrong with a translation; empty where nothing is."""
    said = [text or "" for text in _forms(message.string)]
    if message.fuzzy or not all(said):
        return "is not translated"
    known = {name for text in _forms(message.id) for name in _names(str(text))}
    if any(_names(text) - known for text in said):
        return "has values that the message has not"
    if len(said) == 1 and _names(said[0]) != known:
        return "leaves out values of the message"
    return ""


def _forms(text: str | Sequence[str | None] | None) -> Sequence[str | None]:
    return [text] if text is None or isinstance(text, str) else text


def _names(text: str) -> set[str]:
    return {brace or percent for brace, percent in _PLACES.findall(text)}


def write() -> list[str]:
    """Update and compile every table; return what still needs somebody."""
    messages, missing = collected(), []
    for code in LANGUAGES:
        if code == SOURCE:
            continue
        path = table_file(code)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_text(Catalog(locale=code, project="Connects", version="1")))
        table = updated(translated(code), messages)
        path.write_text(as_text(table))
        path.with_suffix(".mo").write_bytes(compiled(table))
        missing += [f"{code}: {m.id!r} {wrong(m)}" for m in table if m.id and wrong(m)]
    return missing


def main() -> int:
    missing = write()
    print(*missing, sep="\n")
    print(f"{len(missing)} to translate." if missing else "Everything is translated.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
