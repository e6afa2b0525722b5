"""The journal that this installation writes to."""

from __future__ import annotations

from connects.journal.post import Journal
from connects.journal.sql import SqlStore


def journal(alias: str = "default") -> Journal:
    """The journal in the database that Django calls `alias`."""
    return Journal(SqlStore(alias))
