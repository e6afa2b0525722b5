"""Files and folders that are written beside their place, and what a killed process leaves of them.

Whoever writes one holds it: the lock goes with the process, however that ends. So what nobody holds is
of nobody, and the next one to write there removes it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HELD_ALONE = fcntl.LOCK_EX | fcntl.LOCK_NB


def hold(descriptor: int) -> None:
    """Hold an open file or folder until it is closed."""
    # A network's file system may have no locks; then nothing is removed, either.
    with suppress(OSError):
        fcntl.flock(descriptor, HELD_ALONE)


def remove_abandoned(unfinished: Iterable[Path]) -> None:
    """Remove those that nobody holds."""
    for path in unfinished:
        with suppress(OSError):
            _remove_if_abandoned(path)


def _remove_if_abandoned(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, HELD_ALONE)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    finally:
        os.close(descriptor)


@contextmanager
def held_folder(prefix: str, parent: Path) -> Iterator[Path]:
    """A folder that is gone afterwards, or at the latest when the next one with that prefix is made."""
    remove_abandoned(parent.glob(f"{prefix}*"))
    with tempfile.TemporaryDirectory(prefix=prefix, dir=parent) as made:
        descriptor = os.open(made, os.O_RDONLY)
        try:
            hold(descriptor)
            yield Path(made)
        finally:
            os.close(descriptor)
