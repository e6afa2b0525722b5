"""Files that commands write: whole or not at all, and never onto a file that is being read."""

from __future__ import annotations

import glob
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from connects.bootstrap.unfinished import hold, remove_abandoned


class OutputRefused(ValueError):
    """A file that cannot be written; the message says why."""


def check_output(out: str | None, inputs: Iterable[str]) -> None:
    """Raise OutputRefused where `out` is one of the inputs, by whatever name."""
    if out is None or out == "-":
        return
    for each in inputs:
        if _is_same_file(out, each):
            raise OutputRefused(f"{out}: this is a file that is read; write to another one")


def check_place(out: str, inputs: Iterable[str]) -> None:
    """Raise OutputRefused where `out` cannot be written, before there is anything to write."""
    check_output(out, inputs)
    with _told(out):
        if not out or Path(out).is_dir():
            raise OutputRefused(f"{out or 'An empty name'}: not the name of a file")
        target = Path(out).resolve()
        if not target.parent.exists():
            raise OutputRefused(f"{out}: there is no such folder")
        if not target.exists():
            with tempfile.TemporaryFile(dir=target.parent):
                pass
            target.touch()
            target.unlink()
        elif not os.access(target, os.W_OK):
            raise OutputRefused(f"{out}: it may not be written")


def _is_same_file(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):  # one of them is not there, or no name of a file
        return False


class Written:
    """A stream that says itself what goes wrong with it: whoever reads meanwhile is not to blame."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream, self._name = stream, name

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            with _told(self._name):
                raise

    def flush(self) -> None:
        with _told(self._name):
            self._stream.flush()


@contextmanager
def standard_output() -> Iterator[Written]:
    """Raises OutputRefused where nothing more can be written."""
    written = Written(sys.stdout, "standard output")
    yield written
    written.flush()


@contextmanager
def whole_file(out: str, inputs: Iterable[str] = ()) -> Iterator[Written]:
    """A text file to write, which takes its place once it is finished.

    Raises OutputRefused, also where the place cannot be written.
    """
    check_output(out, inputs)
    with _told(out):
        target = Path(out)
        is_special = target.exists() and not target.is_file()  # a device, a pipe
        target = target if is_special else target.resolve()
        place, unfinished = (target, None) if is_special else _begun(target)
        stream = open(place, "w", encoding="utf-8", newline="")  # noqa: SIM115, PTH123 or a number
    try:
        yield Written(stream, out)
    except BaseException:
        _drop(stream, unfinished)
        raise
    with _told(out):
        _finish(stream, unfinished, target)


@contextmanager
def _told(out: str) -> Iterator[None]:
    """Say of an output why it cannot be written."""
    try:
        yield
    except BrokenPipeError:  # whoever reads it has seen enough
        raise
    except OSError as error:
        raise OutputRefused(f"{out}: {error.strerror or error}") from error
    except RuntimeError as error:  # links that lead in a circle
        raise OutputRefused(f"{out}: {error}") from error
    except ValueError as error:  # a name with a NUL
        raise error if isinstance(error, OutputRefused) else OutputRefused(f"{error}") from error


def _begun(target: Path) -> tuple[int, Path]:
    """An unfinished file in the same folder, held until it is closed."""
    prefix = f".{target.name[:40]}.unfinished-"
    remove_abandoned(target.parent.glob(f"{glob.escape(prefix)}*"))
    handle, unfinished = tempfile.mkstemp(prefix=prefix, dir=target.parent)
    hold(handle)
    return handle, Path(unfinished)


def _drop(stream: TextIO, unfinished: Path | None) -> None:
    with suppress(OSError):
        stream.close()
    if unfinished is not None:
        unfinished.unlink(missing_ok=True)


def _finish(stream: TextIO, unfinished: Path | None, target: Path) -> None:
    try:
        stream.flush()
        if unfinished is not None:
            mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
            unfinished.chmod(mode)
            unfinished.replace(target)
        stream.close()
    except BaseException:
        _drop(stream, unfinished)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_whole(out: str, text: str, inputs: Iterable[str] = ()) -> None:
    """Write one text. Raises OutputRefused."""
    with whole_file(out, inputs) as stream:
        stream.write(text)


def write_pair(out: str, text: str, part: str, part_text: str, inputs: Iterable[str] = ()) -> None:
    """Write two files of which the first names the second; it is never there beside another one's.

    Raises OutputRefused. Both are on the disk before the old ones go.
    """
    with whole_file(out, inputs) as first, whole_file(part, inputs) as second:
        for stream, told in ((first, text), (second, part_text)):
            stream.write(told)
            stream.flush()
        Path(out).resolve().unlink(missing_ok=True)
