"""The ratios that the ledger is held to, from what was measured."""

from __future__ import annotations

from typing import Any

from bench.ledger.callers import EACH

MANY = 32
BATCH = 1_000


def summarised(
    machine: dict[str, str],
    postgresql: dict[str, Any],
    sqlite: dict[str, Any],
    options: dict[str, Any],
) -> dict[str, Any]:
    """All figures, the ratios first; `vs_pgledger` is None where it was not measured."""
    spends = _row(postgresql, "spends")
    pgbench, alone, shared = (
        _rate(postgresql["callers"], name) for name in ("pgbench", "single posts", "group commit")
    )
    theirs = postgresql["pgledger"]
    best_batch = max(
        (row["per_second"] for row in theirs if "batches" in row["name"]), default=None
    )
    single = _rate(theirs, "pgledger, single transfers") if theirs else None
    several = _rate(postgresql["callers"], f"group commit, {EACH} each")
    bare = _rate(postgresql["callers"], f"bare SQL by arrays of {MANY}")

    def of_single(per_second: int) -> float | None:
        return round(per_second / single, 2) if single else None

    return {
        "batch_1000_vs_bare": spends["of_bare"],
        "single_32_vs_pgbench": round(alone / pgbench, 2),
        "group_commit_32_vs_single_32": round(shared / alone, 2),
        "vs_pgledger": of_single(shared),
        f"group_commit_32_by_{EACH}_vs_pgledger": of_single(several),
        "bare_32_vs_pgledger": of_single(bare),
        "batch_1000_vs_pgledger_batch": (
            round(spends["per_second"] / best_batch, 2) if best_batch else None
        ),
        "sqlite_batch_1000_vs_bare": _row(sqlite, "spends")["of_bare"],
        "spends_per_second": spends["per_second"],
        "settings": {
            "machine": machine,
            "postgresql": postgresql["settings"],
            "sqlite": sqlite["settings"],
            **{name: options[name] for name in ("wallets", "rounds", "seconds")},
        },
        "postgresql": postgresql["rows"],
        "sqlite": sqlite["rows"],
        "callers": postgresql["callers"] + theirs,
    }


def _row(found: dict[str, Any], name: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = found["rows"]
    return next(row for row in rows if row["name"] == name and row["batch"] == BATCH)


def _rate(rates: list[dict[str, Any]], name: str) -> int:
    found: int = next(
        row["per_second"] for row in rates if row["name"] == name and row["callers"] == MANY
    )
    return found
