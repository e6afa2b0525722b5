"""The manifest: what comes in, as of when, on whose word, and what it must add up to."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from connects.ledger.lots import LotKind
from connects.market.intake.differences import MANIFEST, Code, Difference, Found, shown
from connects.market.intake.fields import SHAPES, Field, Unfit, a_name, an_instant, one_of, whole
from connects.market.intake.lines import count_lines
from connects.vocabulary.documents import Unreadable, document_text, json_value

_NAME = re.compile(r"[A-Za-z0-9._~-]{1,60}")
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_SUM_MOST = 10**18
FILES = tuple(f"{shape}.{ending}" for shape in SHAPES for ending in ("jsonl", "csv"))
_TABLES = {
    "jsonl",
    "ndjson",
    "json",
    "csv",
    "tsv",
    "xlsx",
    "parquet",
    "gz",
    "bz2",
    "xz",
    "zst",
    "zip",
}
COUNT = Field(whole(0, _SUM_MOST))


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that can be worked with. `digest` covers it and every file that it names.

    `totals` are what it says of `wallets`, `credits` and `cost_cents`; `by_kind` of each kind of lot,
    None where it says nothing of kinds.
    """

    name: str
    as_of: datetime
    source: str
    files: tuple[Path, ...]
    totals: Mapping[str, int]
    by_kind: Mapping[str, int] | None
    digest: str


def a_manifest_name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise Unfit(Code.NOT_AN_ID, most=60, characters="A-Z a-z 0-9 . _ ~ -")
    return value


_FIELDS = {
    "name": Field(a_manifest_name, required=True),
    "as_of": Field(an_instant, required=True),
    "mode": Field(one_of(["opening"]), required=True),
    "source": Field(a_name),
    "files": Field(dict, required=True),
    "totals": Field(dict, required=True),
}


def read_manifest(folder: Path, found: Found, now: datetime) -> Manifest | None:
    """The manifest of a folder; None where nothing can come in by it, which `found` hears of."""
    try:
        told = _told(folder)
    except Unreadable as error:
        code = Code.UNREADABLE if (folder / MANIFEST).exists() else Code.FILE_MISSING
        found(Difference(MANIFEST, None, "", code, {"why": error}))
        return None
    return _Reading(folder, found, now).read(told)


def _told(folder: Path) -> Any:
    """The manifest as it stands there, which may begin with a byte order mark, as lines may."""
    return json_value(document_text(folder / MANIFEST), once=True)


def name_in(folder: Path) -> str | None:
    """The import's name, by its manifest; None where it has none."""
    try:
        return a_manifest_name(_told(folder)["name"])
    except (Unreadable, Unfit, KeyError, TypeError):
        return None


def _may_be_meant(name: str) -> bool:
    """Whether a file looks as if it should come in: by what it is called, or by its ending."""
    stem, _, endings = name.lower().partition(".")
    return name != MANIFEST and (stem in SHAPES or bool({*endings.split(".")} & _TABLES))


@dataclass(slots=True)
class _Reading:
    """A manifest as it is read: all that is wrong is told, and not the first thing alone."""

    folder: Path
    found: Found
    now: datetime

    def read(self, told: Any) -> Manifest | None:
        if not isinstance(told, dict):
            self._wrong("", Code.NOT_A_TABLE)
            return None
        for name in told.keys() - _FIELDS.keys():
            self._wrong(shown(name), Code.UNKNOWN_FIELD)
        values = {name: self._value(told, name, name, field) for name, field in _FIELDS.items()}
        files = self._files(values["files"])
        totals = self._totals(values["totals"])
        if values["as_of"] is not None and values["as_of"] > self.now:
            self._wrong("as_of", Code.IN_THE_FUTURE)
        if values["as_of"] is None or values["files"] is None:
            return None  # without these no line can be judged
        by_kind = totals.pop("by_kind", None)
        return Manifest(
            name=values["name"] or "",
            as_of=values["as_of"],
            source=values["source"] or "",
            files=files,
            totals=totals,
            by_kind=by_kind,
            digest=_digest_of([self.folder / MANIFEST, *files]),
        )

    def _wrong(self, field: str, code: Code, **parameters: object) -> None:
        shown = field[:100].encode("ascii", "backslashreplace").decode()
        self.found(Difference(MANIFEST, None, shown, code, parameters))

    def _value(self, told: dict[str, Any], place: str, name: str, field: Field) -> Any:
        value = told.get(name)
        if value is None:
            if field.required:
                self._wrong(place, Code.MISSING)
            return None
        if field.read is dict and not isinstance(value, dict):
            self._wrong(place, Code.NOT_A_TABLE)
            return None
        try:
            return field.read(value)
        except Unfit as unfit:
            code = Code.MODE_UNKNOWN if name == "mode" else unfit.code
            self._wrong(place, code, **unfit.parameters)
            return None

    def _files(self, told: dict[str, Any] | None) -> tuple[Path, ...]:
        """The files that come in, in the order in which they are read."""
        for name in told or {}:
            if name not in FILES:
                self._wrong(f"files.{name}", Code.FILE_UNKNOWN)
        if told is None:
            return ()
        there = {path.name for path in self.folder.iterdir() if _may_be_meant(path.name)}
        for name in sorted(there - told.keys()):
            self.found(Difference(name, None, "", Code.FILE_NOT_NAMED))
        names = [name for name in FILES if name in told]
        return tuple(path for name in names if (path := self._file(name, told[name])) is not None)

    def _file(self, name: str, told: Any) -> Path | None:
        if not isinstance(told, dict):
            self._wrong(f"files.{name}", Code.NOT_A_TABLE)
            return None
        for field in told.keys() - {"lines", "sha256"}:
            self._wrong(f"files.{name}.{shown(field)}", Code.UNKNOWN_FIELD)
        path = self.folder / name
        if not path.is_file():
            self._wrong(f"files.{name}", Code.FILE_MISSING)
            return None
        says = self._value(told, f"files.{name}.lines", "lines", Field(COUNT.read, required=True))
        if says is not None and says != (there := count_lines(path)):
            told_lines = {"says": f"{says:,}", "found": f"{there:,}"}
            self._wrong(f"files.{name}.lines", Code.LINES_DIFFER, **told_lines)
        digest = told.get("sha256")
        if digest is not None and not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
            self._wrong(f"files.{name}.sha256", Code.NOT_A_DIGEST)
        elif digest is not None and digest.lower() != (real := sha256_of(path)):
            self._wrong(f"files.{name}.sha256", Code.DIGEST_DIFFERS, found=real)
        return path

    def _totals(self, told: dict[str, Any] | None) -> dict[str, Any]:
        if told is None:
            return {}
        for name in told.keys() - {"wallets", "credits", "cost_cents", "by_kind"}:
            self._wrong(f"totals.{shown(name)}", Code.UNKNOWN_FIELD)
        named = {"wallets": COUNT, "credits": Field(COUNT.read, required=True), "cost_cents": COUNT}
        values = {
            name: self._value(told, f"totals.{name}", name, field) for name, field in named.items()
        }
        found: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        by_kind = self._value(told, "totals.by_kind", "by_kind", Field(dict))
        if by_kind is not None:
            found["by_kind"] = self._by_kind(by_kind)
        return found

    def _by_kind(self, told: dict[str, Any]) -> dict[str, int]:
        known = ", ".join(LotKind)
        for kind in told.keys() - set(LotKind):
            self._wrong(f"totals.by_kind.{shown(kind)}", Code.UNKNOWN_KIND, known=known)
        values = {
            kind: self._value(told, f"totals.by_kind.{kind}", kind, COUNT)
            for kind in told.keys() & set(LotKind)
        }
        return {kind: value for kind, value in values.items() if value is not None}


def sha256_of(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest_of(files: list[Path]) -> str:
    """One digest over all of them, by their names."""
    return hashlib.sha256(
        json.dumps([[path.name, sha256_of(path)] for path in files]).encode()
    ).hexdigest()
