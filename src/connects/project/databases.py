"""The database: `DATABASE_URL`, or an SQLite file of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from connects.bootstrap.setting_urls import parts_of
from connects.vocabulary.typed_input import whole_number

# A waiting writer gives up after this long; every transaction of ours is far shorter.
SQLITE_TIMEOUT_SECONDS = 20
CONNECT_SECONDS_MOST = 5


def database_settings(url: str, default_file: Path) -> dict[str, Any]:
    """Django's settings for one database.

    `url` is `postgresql://user:password@host:port/name?option=value`, `sqlite:///path` (four slashes
    for an absolute one), `sqlite://:memory:`, or empty for `default_file`. Raises ValueError, with
    what was expected, for anything else.
    """
    if not url:
        return _sqlite(str(default_file))
    parts = parts_of("DATABASE_URL", url)
    match parts.scheme:
        case "sqlite":
            name = url.removeprefix("sqlite://")
            return _sqlite(name if name == ":memory:" else name.removeprefix("/"))
        case "postgres" | "postgresql":
            return {
                "ENGINE": "connects.project.postgresql",
                "NAME": unquote(parts.path.removeprefix("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                # The journal's few statements are planned once for each connection. Django's own
                # cursors never prepare any. `prepare_threshold=none` is for poolers that mix sessions.
                "OPTIONS": _options(parts.query),
            }
        case other:
            raise ValueError(
                f"DATABASE_URL begins with {other!r}; expected postgresql://… or sqlite:///…"
            )


def _options(query: str) -> dict[str, Any]:
    # A server that does not answer at all is given up soon, for someone waits for the page.
    given = {"prepare_threshold": "1", "connect_timeout": str(CONNECT_SECONDS_MOST)}
    options: dict[str, Any] = {**given, **dict(parse_qsl(query))}
    threshold = options["prepare_threshold"]
    number = whole_number(threshold)
    if threshold != "none" and number is None:
        raise ValueError(
            f"DATABASE_URL's prepare_threshold is {threshold!r}; expected a number or none"
        )
    return {**options, "prepare_threshold": number}


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            # DEFERRED, Django's default, fails with "database is locked" when two readers want to
            # write; IMMEDIATE makes the second one wait for its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_TIMEOUT_SECONDS,
            # A batch changes thousands of pages: they stay in memory (negative: KiB), and go from the
            # log into the file less often.
            "init_command": (
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                " PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8000;"
            ),
        },
    }
