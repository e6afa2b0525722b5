"""Folders of an import, as another ledger writes them, for tests to bring in or to spoil."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

AS_OF = "2026-11-01T00:00:00Z"
Line = dict[str, Any]


def accounts() -> list[Line]:
    return [
        {
            "account": "u-7",
            "kind": "freelancer",
            "name": "Ana",
            "country": "PT",
            "registered_at": "2024-02-29T09:00:00Z",
        },
        {"account": "a-1", "kind": "agency", "rule_book": "upwork-2019-05"},
        {"account": "u-8", "kind": "freelancer"},
        {"account": "c-1", "kind": "client", "name": "Acme", "payment_verified": True},
    ]


def lots() -> list[Line]:
    return [
        lot("L-2", credits=35, of=40, cost_cents=600, issued="2026-03-01T00:00:00Z"),
        lot("L-3", "a-1", "plan", credits=80, cost_cents=0, issued="2026-10-15T12:30:00+02:00"),
        lot("L-1", kind="courtesy", credits=5, expires=None, issued="2025-01-01T00:00:00Z"),
        lot("L-4", "a-1", "return", credits=7, cost_cents=105, expires="2026-11-05T00:00:00Z"),
    ]


def lot(name: str, account: str = "u-7", kind: str = "purchase", **values: Any) -> Line:
    line = {
        "account": account,
        "lot": name,
        "kind": kind,
        "credits": 10,
        "cost_cents": 150,
        "currency": "USD",
        "issued": "2026-05-01T00:00:00Z",
        "expires": "2027-05-01T00:00:00Z",
    }
    return line | values


def records() -> list[Line]:
    return [{"account": "c-1", "posts_ended": 12, "left_open": 3, "hires": 6}]


@dataclass
class Folder:
    """A folder and what is in it; `write` writes it with a manifest that fits, but for `manifest`."""

    path: Path
    accounts: list[Line] = field(default_factory=accounts)
    lots: list[Line] = field(default_factory=lots)
    client_records: list[Line] = field(default_factory=records)
    name: str = "cutover"
    ending: str = "jsonl"
    manifest: Line = field(default_factory=dict)

    def write(self) -> Path:
        self.path.mkdir(exist_ok=True)
        for shape in ("accounts", "lots", "client_records"):
            lines = getattr(self, shape)
            write_lines(self.path / f"{shape}.{self.ending}", lines)
        self.write_manifest()
        return self.path

    def write_manifest(self) -> None:
        told = {
            "name": self.name,
            "as_of": AS_OF,
            "mode": "opening",
            "source": "old ledger v3",
            "files": {
                path.name: {
                    "lines": len(getattr(self, path.stem)),
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                }
                for path in sorted(self.path.glob(f"*.{self.ending}"))
            },
            "totals": self.totals(),
        }
        (self.path / "manifest.json").write_text(json.dumps(told | self.manifest))

    def totals(self) -> Line:
        """The sums of what can be added up."""
        by_kind: dict[str, int] = {}
        for line in self.lots:
            by_kind[line["kind"]] = by_kind.get(line["kind"], 0) + _number(line["credits"])
        return {
            "wallets": sum(line["kind"] != "client" for line in self.accounts),
            "credits": sum(by_kind.values()),
            "cost_cents": sum(_number(line["cost_cents"]) for line in self.lots),
            "by_kind": by_kind,
        }


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def write_lines(path: Path, lines: list[Line]) -> None:
    """Lines as JSON, or as CSV with the columns that any of them has."""
    if path.suffix == ".jsonl":
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        return
    columns = list(dict.fromkeys(name for line in lines for name in line))
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for line in lines:
            writer.writerow([_cell(line.get(name)) for name in columns])


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
