"""Decode bytes into lines of text, whatever their encoding, and whatever they claim it to be.

The encoding is found by a byte order mark, by the zeros of UTF-16, by whether the bytes are UTF-8 at
all, and last by a guess. Bytes that do not fit it stop nothing: they become half surrogates, by which
the reader of the row sees that it is spoilt. So does a line longer than any row.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

LINE_BYTES_MOST = 1_000_000
BYTES_AT_ONCE = 1 << 18
OVERLONG = "\ud800"
_SPOILT = re.compile("[\ud800-\udfff]")

# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_PLAIN = bytes(range(32, 127)) + b"\\x41+AGE-\n"
"""Characters that stay themselves where an encoding is no code of its own for other characters."""
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that are no character in western Windows, and begin one in Japanese."""
_FEW = 0.3
_NEARLY_ALL = 0.9
_LINES_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Encoding:
    """A file's encoding, how many bytes its mark takes, and whether it had to be guessed."""

    name: str
    mark_bytes: int = 0
    is_guess: bool = False


def encoding_of(sample: bytes) -> Encoding:
    """The encoding of a text by its beginning."""
    for mark, name in _MARKS.items():
        if sample.startswith(mark):
            says_otherwise = name != "utf-8" and 0 not in sample[len(mark) :]
            told = encoding_of(sample[len(mark) :]).name if says_otherwise else name
            return Encoding(told, len(mark), is_guess=says_otherwise)
    zeros = _zeros(sample)
    if zeros:
        return Encoding(zeros)
    return Encoding("utf-8") if _is_all(sample, "utf-8") else _not_all_utf_8(sample)


def _is_all(sample: bytes, codec: str) -> bool:
    """Whether all of a text's beginning, which may end amid a character, is in an encoding."""
    try:
        codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def codec_named(name: str) -> str:
    """Python's name of an encoding in which ASCII stays as it is, or of UTF-16 or -32; else empty."""
    try:
        codec = codecs.lookup(name).name
        if codec in ("idna", "punycode"):
            return ""
        is_wide = codec.startswith(("utf-16", "utf-32"))
        return codec if is_wide or _PLAIN.decode(codec) == _PLAIN.decode() else ""
    except (LookupError, ValueError):  # unknown, or a name with a NUL, or one that reads no text
        return ""


def _zeros(sample: bytes) -> str:
    """UTF-32 and UTF-16 without a mark: half of each character is zero, or that of western ones."""
    quarter = len(sample) // 4
    if quarter:
        zeros = [sample[place::4].count(0) / quarter for place in range(4)]
        if min(zeros[2:]) > _NEARLY_ALL and zeros[0] < _FEW:
            return "utf-32-le"
        if min(zeros[:2]) > _NEARLY_ALL and zeros[3] < _FEW:
            return "utf-32-be"
    half = len(sample) // 2
    if not half:
        return ""
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _FEW > even:
        return "utf-16-le"
    return "utf-16-be" if even > _FEW > odd else ""


def _not_all_utf_8(sample: bytes) -> Encoding:
    """UTF-8 with some spoilt lines, or the encoding of older Windows programs, also in Japan."""
    good = bad = 0
    for line in sample.split(b"\n")[:_LINES_LOOKED_AT]:
        if not line.isascii():
            try:
                line.decode()
                good += 1
            except UnicodeDecodeError:
                bad += 1
    if good and good >= bad:  # what is UTF-8 by accident is rare
        return Encoding("utf-8")
    if _NOT_WINDOWS.search(sample) and _is_all(sample, "cp932"):
        return Encoding("cp932", is_guess=True)
    high = [byte for byte in sample if byte >= 0x80]
    letters = sum(chr(byte).isascii() and chr(byte).isalpha() for byte in sample)
    is_cyrillic = sum(byte >= 0xC0 for byte in high) > max(letters, 0.9 * len(high))
    return Encoding("cp1251" if is_cyrillic else "cp1252", is_guess=True)


def text_lines(
    stream: io.BufferedReader, encoding: Encoding, bytes_most: int = LINE_BYTES_MOST
) -> Iterator[str]:
    r"""The lines with their ends; `\n`, `\r\n`, and, where there is nothing else, a lone `\r`.

    A line of more than `bytes_most` becomes a mark of a spoilt row.
    """
    stream.read(encoding.mark_bytes)
    if encoding.name.startswith(("utf-16", "utf-32")):
        stream = io.BufferedReader(_AsUTF8(stream, encoding.name), BYTES_AT_ONCE)
        codec = "utf-8"
    else:
        codec = encoding.name
    head = stream.peek(BYTES_AT_ONCE)[: 1 << 16]
    end = b"\r" if b"\r" in head and b"\n" not in head else b"\n"
    for block in _blocks(stream, end, bytes_most):
        yield from [OVERLONG + "\n"] if block is None else _lines_of(block, codec, end)


def _lines_of(block: bytes, codec: str, end: bytes) -> Iterator[str]:
    try:
        text = block.decode(codec)
    except UnicodeDecodeError:
        text = block.decode(codec, "surrogateescape")
    if end == b"\r":
        text = text.replace("\r", "\n")
    lines = text.split("\n")
    last = lines.pop()
    for line in lines:
        yield line + "\n"
    if last:
        yield last


def _blocks(stream: io.BufferedReader, end: bytes, bytes_most: int) -> Iterator[bytes | None]:
    """Whole lines, many together; None for a line that is too long."""
    rest: list[bytes] = []
    size = 0
    while chunk := stream.read(BYTES_AT_ONCE):
        cut = chunk.rfind(end)
        if cut < 0:
            rest.append(chunk)
            size += len(chunk)
            if size > bytes_most:
                yield None
                rest = [_after_the_line(stream, end)]
                size = len(rest[0])
            continue
        yield b"".join((*rest, chunk[: cut + 1]))
        rest = [chunk[cut + 1 :]]
        size = len(rest[0])
    if size:
        yield b"".join(rest)


def _after_the_line(stream: io.BufferedReader, end: bytes) -> bytes:
    """Pass over the rest of an overlong line, however long it is."""
    while chunk := stream.read(BYTES_AT_ONCE):
        _, found, after = chunk.partition(end)
        if found:
            return after
    return b""


class _AsUTF8(io.RawIOBase):
    """A stream of UTF-16 or UTF-32 as UTF-8; what does not fit becomes a mark of a spoilt row."""

    def __init__(self, inner: io.BufferedReader, codec: str) -> None:
        super().__init__()
        self._inner, self._left = inner, b""
        self._decoder = codecs.getincrementaldecoder(codec)("replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        while not self._left:
            chunk = self._inner.read(BYTES_AT_ONCE)
            text = self._decoder.decode(chunk, final=not chunk)
            self._left = text.encode("utf-8", "surrogatepass")
            if not chunk:
                break
        taken = self._left[: len(buffer)]
        self._left = self._left[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


def spoilt(text: str, encoding: str) -> str:
    """What is wrong with a row's text, if it holds bytes that were no text."""
    found = _SPOILT.search(text)
    if found is None:
        return ""
    if OVERLONG in text:
        return f"longer than {LINE_BYTES_MOST:,} bytes"
    return f"not {encoding.upper()} (byte 0x{ord(found[0]) - 0xDC00:X})"
