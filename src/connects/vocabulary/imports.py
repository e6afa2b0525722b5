"""How a wallet's lines name the import that brought them: `import:NAME@2026-12-01#3f9ac0d1e2b3a4c5`.

The day is that for which the old ledger speaks, and the digest the beginning of the import's own. So a
wallet's first line says where our proof begins, and whose word stands before it.
"""

from __future__ import annotations

import re
from datetime import date

IMPORTED = "import:"
"""How the references of lots begin that were brought in, before these books were kept."""

DIGEST_CHARACTERS = 16
_REFERENCE = re.compile(r"import:[^@]+@(?P<day>\d{4}-\d{2}-\d{2})#[0-9a-f]+")


def import_reference(name: str, day: date, digest: str) -> str:
    """What the lines of that import are about."""
    return f"{IMPORTED}{name}@{day.isoformat()}#{digest[:DIGEST_CHARACTERS]}"


def opening_day(reference: str) -> date | None:
    """The day for which an import speaks, by the reference of a line that it brought."""
    match = _REFERENCE.fullmatch(reference)
    return None if match is None else date.fromisoformat(match["day"])
