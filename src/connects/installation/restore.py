"""Restores: a backup is unpacked and proved in a place beside, and only then takes the database's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from connects.installation.backup import DATABASE, KEYS, MANIFEST, digest_of
from connects.installation.keys import open_keys, put_back
from connects.installation.manifest import (
    Manifest,
    RefusedBackup,
    differences,
    manifest_from,
    unknown_migrations,
)
from connects.installation.places import Place, database_place

MANIFEST_LARGEST = 4_000_000
KEYS_LARGEST = 100_000
_SETTINGS = "connects.project.settings"
# Its tables are brought up to date as a start would do it, and its wallets and roots are replayed.
_PROOFS = (
    ("django", "migrate", "--no-input", "--verbosity=0", f"--settings={_SETTINGS}"),
    ("connects.cli", "verify", "--roots"),
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `kept` is where the database that was there is now; "" where there was none."""

    manifest: Manifest
    kept: str
    keys: tuple[Path, ...]


def check(file: Path) -> Manifest:
    """Prove a backup in a place beside, and replace nothing. Raises RefusedBackup, with what is wrong."""
    database = database_place()
    with _proved(file, database, None) as (manifest, _keys):
        return manifest


def restore(file: Path, at: datetime, passphrase: str | None) -> Restored:
    """Prove a backup, then put it in the place of the database; with its keys if a passphrase is given.

    What was there is kept under another name. Raises RefusedBackup, with what is wrong, and changes
    nothing then.
    """
    database, stamp = database_place(), at.strftime("%Y%m%dt%H%M%S")
    with _proved(file, database, passphrase) as (manifest, keys):
        kept = database.replace(stamp)
        return Restored(manifest, kept, tuple(put_back(keys, stamp)))


@contextmanager
def _proved(
    file: Path, database: Place, passphrase: str | None
) -> Iterator[tuple[Manifest, dict[str, str]]]:
    with _torn_or_foreign(), zipfile.ZipFile(file) as archive:
        manifest = _manifest(archive)
        _require_fitting(manifest, database)
        keys = _keys(archive, manifest, passphrase)
        try:
            with tempfile.TemporaryDirectory(dir=_room(database)) as folder:
                dump = Path(folder) / DATABASE
                _extract(archive, manifest, dump)
                url = database.unpack(dump)
            _prove(manifest, database, url)
            yield manifest, keys
        finally:
            database.discard()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist() or DATABASE not in archive.namelist():
        raise RefusedBackup("it is not a backup that `connects backup` made")
    if archive.getinfo(MANIFEST).file_size > MANIFEST_LARGEST:
        raise RefusedBackup("its manifest is larger than any that `connects backup` writes")
    return manifest_from(archive.read(MANIFEST))


def _require_fitting(manifest: Manifest, database: Place) -> None:
    if manifest.kind != database.kind:
        raise RefusedBackup(
            f"it holds a database of {manifest.kind}, and DATABASE_URL names one of {database.kind}"
        )
    if newer := unknown_migrations(manifest.facts.migrations):
        raise RefusedBackup(
            f"it was made by a newer Connects ({manifest.version}), whose migrations this one does not"
            f" have: {', '.join(newer[:3])}. Install that version to restore it"
        )


def _keys(archive: zipfile.ZipFile, manifest: Manifest, passphrase: str | None) -> dict[str, str]:
    if passphrase is None:
        return {}
    if not manifest.keys or KEYS not in archive.namelist():
        raise RefusedBackup("it holds no keys; restore it without --keys")
    if archive.getinfo(KEYS).file_size > KEYS_LARGEST:
        raise RefusedBackup("its keys are larger than any that `connects backup` writes")
    if not os.access(settings.VAR, os.W_OK):
        raise RefusedBackup(f"its keys cannot be written into {settings.VAR}")
    return open_keys(archive.read(KEYS), passphrase)


def _extract(archive: zipfile.ZipFile, manifest: Manifest, dump: Path) -> None:
    if archive.getinfo(DATABASE).file_size != manifest.bytes:
        raise RefusedBackup("its database is not as long as its manifest says")
    dump.touch(mode=0o600)
    with archive.open(DATABASE) as packed, dump.open("wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)
    if digest_of(dump) != manifest.sha256:
        raise RefusedBackup("its database is not the one that its manifest names")


def _prove(manifest: Manifest, database: Place, url: str) -> None:
    if wrong := differences(manifest.facts, database.facts()):
        raise RefusedBackup("; ".join(wrong[:5]))
    for command in _PROOFS:
        done = subprocess.run(  # noqa: S603 our own programs
            [sys.executable, "-m", *command],
            env={**os.environ, "DATABASE_URL": url},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said = (done.stdout + done.stderr).strip()[-800:]
            raise RefusedBackup(
                f"its database does not check out ({' '.join(command[:2])}):\n{said}"
            )


def _room(database: Place) -> Path | None:
    """A folder on the same file system as the database, so that it is renamed, not copied."""
    from connects.installation.sqlite_place import SqlitePlace  # noqa: PLC0415 not for PostgreSQL

    if not isinstance(database, SqlitePlace):
        return None
    database.file.parent.mkdir(parents=True, exist_ok=True)
    return database.file.parent


@contextmanager
def _torn_or_foreign() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
        raise RefusedBackup(f"it is torn, or no backup at all ({problem})") from problem
    except FileNotFoundError as problem:
        raise RefusedBackup("there is no such file") from problem
    except OSError as problem:  # no right to it, a folder, no room left to unpack it in
        raise RefusedBackup(f"it cannot be unpacked: {problem.strerror or problem}") from problem
