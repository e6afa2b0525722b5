"""A database with all tables and nothing in them, copied, since migrations take ten seconds."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT

CACHE = ROOT / ".cache"
NAME = "connects.sqlite3"


def put_migrated(folder: Path) -> None:
    """Put an installation's empty SQLite database into its folder."""
    shutil.copyfile(_made_once(), folder / NAME)


def _made_once() -> Path:
    """The one to copy, made by whoever needs it first, for these very migrations."""
    digest = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("migrations/*.py")):
        digest.update(file.read_bytes())
    made = CACHE / f"migrated-{digest.hexdigest()[:16]}.sqlite3"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in CACHE.glob("migrated-*.sqlite3"):
                old.unlink()
            _make(made)
    return made


def _make(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
            env={
                **os.environ,
                "CONNECTS_VAR": folder,
                "DATABASE_URL": "",
                "DJANGO_SETTINGS_MODULE": "connects.project.settings",
            },
            check=True,
        )
        shutil.move(Path(folder) / NAME, file)
