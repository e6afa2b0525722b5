"""Open a file of posts: find out what it is by its first bytes, and unpack it within bounds.

A name's ending proves nothing: an HTML page is saved as `.xls`, a workbook is sent as `.csv`. The hard
case is an archive that unpacks to a thousand times its size; unpacking stops before it fills memory.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeAlias

from typing_extensions import override

from connects.posts.unreadable import TableUnreadable

SAMPLE_BYTES = 1 << 17
# Tables of posts shrink to a fifth or a twentieth; what unpacks far beyond that is a trap.
UNPACKS_ALWAYS = 64_000_000
UNPACKS_TIMES = 200
WORKBOOK_UNPACKS_MOST = 400_000_000
STANDARD_INPUT_BYTES_MOST = 4_000_000_000


Stream: TypeAlias = "io.BufferedReader[Any]"


class Kind(StrEnum):
    """What a file is, where posts can be read from it."""

    TEXT = "text"
    PARQUET = "Parquet"
    ARROW = "Arrow"
    EXCEL = "Excel"


_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}
_KINDS = {
    b"PAR1": Kind.PARQUET,
    b"ARROW1": Kind.ARROW,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind.EXCEL,
}
_OTHERS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "an SQLite database",
    b"7z\xbc\xaf": "a 7z archive",
    b"PK\x05\x06": "an empty archive",
    b"Rar!": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a file packed with zstd",
    b"Obj\x01": "an Avro file",
    b"\x80\x04\x95": "a Python pickle",
    b"\x80\x05\x95": "a Python pickle",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF document",
}
_ENDINGS = (
    ".csv",
    ".tsv",
    ".tab",
    ".txt",
    ".json",
    ".jsonl",
    ".ndjson",
    ".parquet",
    ".xlsx",
    ".xls",
)
_ABOUT = frozenset({"readme", "license", "licence", "about"})
"""Files that archives of data bring along."""
_DAMAGED = (gzip.BadGzipFile, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was unpacked if need be: its kind, and a stream at its beginning."""

    kind: Kind
    stream: Stream
    packing: str = ""


@contextmanager
def opened(name: str) -> Iterator[Opened]:
    """Open a file, or standard input for `-`. Raises TableUnreadable, naming what it is instead."""
    with ExitStack() as closing:
        try:
            raw = _standard_input() if name == "-" else closing.enter_context(Path(name).open("rb"))
            stream = io.BufferedReader(raw, SAMPLE_BYTES)  # type: ignore[type-var]
            found = _unpacked(stream, name, closing)
        except (*_BROKEN, ValueError) as error:  # a path with a NUL is a ValueError
            raise _told(name, error) from error
        try:
            yield found
        except BrokenPipeError:  # of what is written meanwhile
            raise
        except _BROKEN as error:
            raise _told(name, error) from error


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise TableUnreadable("-: there is no standard input, since it was closed")
    return sys.stdin.buffer


def _told(name: str, error: Exception) -> TableUnreadable:
    if isinstance(error, TableUnreadable):
        return error
    if isinstance(error, EOFError):
        return TableUnreadable(
            f"{name}: the file was cut off: its packed content has no end; fetch it again"
        )
    if isinstance(error, _DAMAGED):
        return TableUnreadable(f"{name}: the file is damaged, and cannot be unpacked ({error})")
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return TableUnreadable(f"{name}: {words or type(error).__name__}")


def _unpacked(stream: Stream, name: str, closing: ExitStack) -> Opened:
    head = stream.peek(SAMPLE_BYTES)
    packing = next((said for magic, said in _PACKED.items() if head.startswith(magic)), "")
    if head.startswith(b"PK\x03\x04"):
        return _from_zip(seekable(stream, name, closing), name, closing)
    if not packing:
        return _seekable_if_needed(_kind_of(head, name), stream, name, closing)
    packed = seekable(stream, name, closing)
    size = packed.seek(0, io.SEEK_END)
    packed.seek(0)
    if packing == "gzip":
        _check_stated_size(packed, name, size)
    inner = _opener(packing, packed)
    bounded = io.BufferedReader(Bounded(closing.enter_context(inner), name, size), SAMPLE_BYTES)
    kind = _kind_inside(bounded, name)
    return _seekable_if_needed(kind, bounded, name, closing, packing)


def _check_stated_size(packed: Stream, name: str, size: int) -> None:
    """Refuse at once what says itself that it unpacks to far too much; its last four bytes do.

    So do any four bytes where a file was cut off, or goes on behind its end: what it is, unpacking tells.
    """
    packed.seek(max(size - 4, 0))
    if int.from_bytes(packed.read(4), "little") > _unpacks_most(size):
        packed.seek(0)
        unpacked = Bounded(_opener("gzip", packed), name, size)
        while unpacked.read(1 << 20):
            pass
    packed.seek(0)


def _opener(packing: str, packed: Stream) -> IO[bytes]:
    if packing == "gzip":
        return gzip.GzipFile(fileobj=packed)  # type: ignore[return-value]
    return bz2.open(packed) if packing == "bzip2" else lzma.open(packed)


def _kind_inside(stream: Stream, name: str) -> Kind:
    head = stream.peek(SAMPLE_BYTES)
    if any(head.startswith(magic) for magic in _PACKED):
        raise TableUnreadable(f"{name}: an archive inside an archive; unpack it first")
    return Kind.EXCEL if head.startswith(b"PK\x03\x04") else _kind_of(head, name)


def _kind_of(head: bytes, name: str) -> Kind:
    for magic, kind in _KINDS.items():
        if head.startswith(magic):
            return kind
    other = next((said for magic, said in _OTHERS.items() if head.startswith(magic)), "")
    if not other and head[257:262] == b"ustar":
        other = "a tar archive"
    if other:
        raise TableUnreadable(f"{name}: this is {other}, not a table of posts")
    return Kind.TEXT


def _seekable_if_needed(
    kind: Kind, stream: Stream, name: str, closing: ExitStack, packing: str = ""
) -> Opened:
    found = stream if kind is Kind.TEXT else seekable(stream, name, closing)
    if kind is Kind.EXCEL and found.peek(4).startswith(b"PK\x03\x04"):
        archive = closing.enter_context(zipfile.ZipFile(found))
        if not _is_workbook(archive):
            raise TableUnreadable(f"{name}: an archive inside an archive; unpack it first")
        _check_members(archive, name)
        found.seek(0)
    return Opened(kind, found, packing)


def seekable(stream: Stream, name: str, closing: ExitStack) -> Stream:
    """The stream itself, or, where it can be read only once, a copy in a temporary file."""
    if stream.seekable() and not isinstance(stream.raw, Bounded):
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115 closed by `closing`
    closing.callback(copy.close)
    bounded = io.BufferedReader(Bounded(stream, name, STANDARD_INPUT_BYTES_MOST // UNPACKS_TIMES))
    shutil.copyfileobj(bounded, copy)
    copy.seek(0)
    return copy  # type: ignore[return-value]


def _from_zip(stream: Stream, name: str, closing: ExitStack) -> Opened:
    archive = closing.enter_context(zipfile.ZipFile(stream))
    if _is_workbook(archive):
        _check_members(archive, name)
        stream.seek(0)
        return Opened(Kind.EXCEL, stream)
    member = _only_table(archive, name)
    if member.flag_bits & 1:
        raise TableUnreadable(f"{name}: {member.filename} is locked with a password")
    inner = closing.enter_context(archive.open(member))
    bounded = io.BufferedReader(Bounded(inner, name, member.compress_size), SAMPLE_BYTES)
    return _seekable_if_needed(_kind_inside(bounded, name), bounded, name, closing, "zip")


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    names = {member.filename for member in archive.infolist()}
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def _only_table(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    inside = [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and not member.filename.startswith("__MACOSX/")
        and not Path(member.filename).name.startswith(".")
        and Path(member.filename).stem.lower() not in _ABOUT
    ]
    tables = [member for member in inside if member.filename.lower().endswith(_ENDINGS)] or inside
    if len(tables) != 1:
        listed = ", ".join(member.filename[:60] for member in tables[:5]) or "nothing"
        raise TableUnreadable(
            f"{name}: the archive holds {len(tables)} files ({listed}); unpack it and name one"
        )
    return tables[0]


def _check_members(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack a workbook's parts to nowhere: the library that reads it trusts the sizes they state."""
    total = 0
    for member in archive.infolist():
        with archive.open(member) as inner:
            unpacked = Bounded(inner, name, member.compress_size)
            while content := unpacked.read(1 << 20):
                total += len(content)
                if total > WORKBOOK_UNPACKS_MOST:
                    raise TableUnreadable(
                        f"{name}: the workbook unpacks to more than {WORKBOOK_UNPACKS_MOST:,} bytes;"
                        " save the sheet as CSV"
                    )


def _unpacks_most(packed_bytes: int) -> int:
    return UNPACKS_ALWAYS + UNPACKS_TIMES * packed_bytes


def _unpacks_too_far(name: str, most: int) -> TableUnreadable:
    return TableUnreadable(
        f"{name}: unpacks to more than {most:,} bytes, far more than its size suggests; unpack it"
        " yourself if it is meant"
    )


class Bounded(io.RawIOBase):
    """A stream that breaks off where it unpacks to far more than tables do."""

    def __init__(self, inner: IO[bytes] | BinaryIO, name: str, packed_bytes: int) -> None:
        super().__init__()
        self._inner, self._name = inner, name
        self._most = _unpacks_most(packed_bytes)
        self._read = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        content = self._inner.read(len(buffer))
        self._read += len(content)
        if self._read > self._most:
            raise _unpacks_too_far(self._name, self._most)
        buffer[: len(content)] = content
        return len(content)
