"""Backups: one file with a manifest, the database as it was at one moment, and the keys if asked for."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from connects import __version__
from connects.installation.keys import present_keys, seal_keys
from connects.installation.manifest import FORMAT, NEWEST, Manifest, RefusedBackup
from connects.installation.places import database_place

MANIFEST = "manifest.json"
DATABASE = "database"
KEYS = "keys.sealed"


def make_backup(file: Path, at: datetime, passphrase: str | None) -> Manifest:
    """Write a backup into a new file that only its owner reads; a passphrase brings the keys into it.

    Raises RefusedBackup, and leaves no file, where there is one already or the database cannot be read.
    """
    if file.exists():
        raise RefusedBackup(f"{file} is there already, and no backup is written over")
    if not file.parent.is_dir():
        raise RefusedBackup(f"there is no folder {file.parent}")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:
            return _make(file, Path(folder), at, passphrase)
    except OSError as problem:
        raise RefusedBackup(f"{file} cannot be written: {problem.strerror or problem}") from problem


def _make(file: Path, folder: Path, at: datetime, passphrase: str | None) -> Manifest:
    database = database_place()
    dump, packed = folder / DATABASE, folder / "packed"
    facts = database.dump(dump)
    manifest = Manifest(
        format=FORMAT,
        edition=NEWEST,
        made=at.isoformat(timespec="seconds"),
        version=__version__,
        kind=database.kind,
        facts=facts,
        sha256=digest_of(dump),
        bytes=dump.stat().st_size,
        keys=passphrase is not None,
    )
    packed.touch(mode=0o600)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
        archive.write(dump, DATABASE)
        if passphrase is not None:
            archive.writestr(KEYS, seal_keys(present_keys(), passphrase))
    with packed.open("rb") as written:
        os.fsync(written.fileno())
    give_name(packed, file)
    return manifest


def give_name(packed: Path, file: Path) -> None:
    """Give a finished backup its name."""
    try:
        file.hardlink_to(packed)  # unlike renaming, this replaces nothing that has come in between
    except FileExistsError:
        raise RefusedBackup(f"{file} is there already, and no backup is written over") from None
    except OSError:  # a file system without hard links: a memory stick, a share
        packed.rename(file)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
