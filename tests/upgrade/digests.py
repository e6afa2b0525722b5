"""The digests of all migrations, so that none changes once databases may have applied it.

    python -m tests.upgrade.digests    # adds a line for each new migration, and changes none

What counts is what Python makes of a file: it may be formatted anew, and its comments may be mended.
A migration that was applied is never applied again: whatever is changed in it later reaches new
databases only, and old ones lack it for ever. What a migration takes out of `journal.schema` counts
as a part of it.
"""

import ast
import hashlib
import sys
from pathlib import Path

from connects.journal import schema
from tests.architecture.sources import PACKAGE, references

LIST = Path(__file__).with_name("migrations.sha256")
VENDORS = ("postgresql", "sqlite")
SCHEMA = "connects.journal.schema."
# What undoes a migration grows with the tables that there are, and no upgrade runs it.
UNDOING = {"removal", "NO_RESTING"}


def digests(package: Path = PACKAGE) -> dict[str, str]:
    """The digest of each migration's file, and of each thing that it takes out of the schema."""
    found = {}
    for path in sorted(package.rglob("migrations/*.py")):
        if path.stem == "__init__":
            continue
        name = path.relative_to(package).as_posix()
        found[name] = _digest(meaning(ast.parse(path.read_text())))
        for part, text in taken_from_the_schema(path.read_text()).items():
            found[f"{name} takes {part}"] = _digest(text)
    return found


def taken_from_the_schema(source: str) -> dict[str, str]:
    """What a migration's source refers to in `journal.schema`: its name, and what it stands for."""
    names = {
        reference.name.removeprefix(SCHEMA)
        for reference in references(source)
        if reference.name.startswith(SCHEMA)
    }
    taken: dict[str, str] = {}
    for name in sorted(names - UNDOING):
        value = getattr(schema, name)
        if callable(value):
            taken |= {f"{name}({vendor})": "\0".join(value(vendor)) for vendor in VENDORS}
        else:
            taken[name] = value if isinstance(value, str) else "\0".join(value)
    return taken


def listed(text: str) -> dict[str, set[str]]:
    """The digests of a list, by name.

    Branches add lines side by side, so they may come in any order, and where two branches have put
    the list in order, a name may come twice.
    """
    known: dict[str, set[str]] = {}
    for digest, name in (line.split("  ", 1) for line in text.splitlines() if line):
        known.setdefault(name, set()).add(digest)
    return known


def line(name: str, digest: str) -> str:
    return f"{digest}  {name}"


def add_new() -> list[str]:
    """Add what is not listed yet to the list; the lines that were added."""
    known = listed(LIST.read_text()) if LIST.exists() else {}
    found = digests()
    added = {name: digest for name, digest in found.items() if name not in known}
    kept = set(added.items())
    for name, those in known.items():
        right = found.get(name, "")
        kept |= {(name, digest) for digest in ([right] if right in those else those)}
    lines = [line(name, digest) for name, digest in sorted(kept)]
    LIST.write_text("".join(f"{text}\n" for text in lines))
    return [line(name, digest) for name, digest in added.items()]


def meaning(value: object) -> str:
    """A syntax tree as text; without what is empty, since newer Pythons have fields that older lack."""
    if isinstance(value, list):
        return f"[{','.join(meaning(part) for part in value)}]"
    if not isinstance(value, ast.AST):
        return repr(value)
    said = [
        f"{name}={meaning(part)}" for name, part in ast.iter_fields(value) if part not in ([], None)
    ]
    return f"{type(value).__name__}({','.join(said)})"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    sys.stdout.write("".join(f"{added}\n" for added in add_new()) or "Nothing is new.\n")
