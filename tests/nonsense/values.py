"""What nobody types and anybody can send: values of fields, bodies of requests."""

import json
from random import Random
from urllib.parse import quote

LONG = "x" * 100_000
VALUES = (
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "a\udfff",
    "\u202eanA",
    "\u200b",
    "a\r\nb: c",
    "\x1b[31m",
    "-1",
    "0",
    "1",
    "1.5",
    "9" * 20,
    "9" * 5_000,
    str(2**31),
    str(2**63),
    str(2**63 - 1),
    "1e400",
    "NaN",
    "-Infinity",
    "１２",
    "²",
    "0x10",
    "0001-01",
    "9999-12",
    "2026-13",
    "0001-01-01T00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "on",
    "[]",
    "{}",
    "null",
    "[" * 1_000,
    "../../etc/passwd",
    "%00",
    "';--",
    "{{7*7}}{%x%}",
    "<script>alert(1)</script>",
    "👩\u200d🔧" * 50,
    "é" * 300,
    LONG,
)
DEEP = b"[" * 90_000
BODIES = (
    b"",
    b"null",
    b"1",
    b"[]",
    b"{}",
    b'"\\ud800"',
    b'{"a":1e400}',
    b"\xff\xfe\x00",
    b"9" * 6_000,
    DEEP,
    b'{"a":' * 500,
    json.dumps({"key": LONG}).encode(),
)
CONTENT_TYPES = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/plain; charset=nonsense",
    "\u00e9",
)


def encoded(pairs: list[tuple[str, str]]) -> str:
    """Fields as an address or a form has them, halves of characters and all."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def spoilt(fields: dict[str, str], field: str, chance: Random) -> list[tuple[str, str]]:
    """The fields with nonsense in one of them, which may come several times or not at all."""
    others = [(name, value) for name, value in fields.items() if name != field]
    times = chance.choice((1, 1, 1, 1, 2, 3, 0))
    pairs = [*others, *((field, chance.choice(VALUES)) for _ in range(times))]
    if chance.random() < 0.2:
        pairs.append((chance.choice((*fields, "csrfmiddlewaretoken")), chance.choice(VALUES)))
    return pairs
