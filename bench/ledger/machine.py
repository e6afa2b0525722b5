"""What a figure depends on: the machine, the versions, and the settings of the database."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib import metadata
from pathlib import Path

ASKED = (
    *("server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_level"),
    *("shared_buffers", "max_wal_size", "wal_compression"),
)


def machine() -> dict[str, str]:
    """The processor, its cores, the memory, and how busy it was when the bench began."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "load before": f"{os.getloadavg()[0]:.2f}",
        "python": platform.python_version(),
        "django": metadata.version("django"),
        "psycopg": metadata.version("psycopg"),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def database() -> dict[str, str]:
    """The settings of the database that Django is connected to."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            said = {"sqlite": sqlite3.sqlite_version}
            for name in ("journal_mode", "synchronous", "cache_size", "wal_autocheckpoint"):
                cursor.execute(f"PRAGMA {name}")
                said[name] = str(cursor.fetchone()[0])
            return said
        cursor.execute(
            "SELECT name, setting, unit FROM pg_settings WHERE name = ANY(%s)", [[*ASKED]]
        )
        return {name: f"{setting}{unit or ''}" for name, setting, unit in cursor.fetchall()}
