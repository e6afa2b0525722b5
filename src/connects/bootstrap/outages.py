"""The database errors that mean that it is away and will be back: no request was wrong."""

from __future__ import annotations

import sqlite3

from django.db import InterfaceError, OperationalError

# PostgreSQL's classes of errors: no connection (08), no room or no connections left (53), broken off or
# shut down (57P), a lock that was waited for too long (55P03).
_POSTGRESQL = ("08", "53", "57P", "55P03")
_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
}
_PRIMARY_CODE = 0xFF


def is_outage(error: BaseException | None) -> bool:
    """Whether the database could not be reached, or could not take what it was given, for now."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)  # only errors of SQLite itself have one
        return code & _PRIMARY_CODE in _SQLITE
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(_POSTGRESQL)
