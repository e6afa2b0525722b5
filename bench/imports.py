"""How long an import takes: its check, the run, the proof, the books, the undo.

python -m tests.servers.postgres -- .venv/bin/python -m bench.imports [--lots N] [--profile STEP]

A folder of that many lots, four to a wallet and in random order, is written first, which is not measured.
Each step is a command that an operator types. For each: seconds, and the processor time of this process
alone, without the database's. At the end: the most memory that it ever held.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import json
import pstats
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.installation import prepare

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
LOTS_EACH = 4
CLIENTS_SHARE = 20
"""A client for so many wallets."""
SHOWN = 40
"""Functions that a profile shows."""
KINDS = ("purchase", "purchase", "plan", "bonus", "courtesy", "return")
ACCOUNTS_FILE, LOTS_FILE, RECORDS_FILE = "accounts.jsonl", "lots.jsonl", "client_records.jsonl"


def write_folder(folder: Path, lots: int, seed: int = 1) -> None:
    """Write a folder that comes in without a difference."""
    chance, wallets = Random(seed), max(lots // LOTS_EACH, 1)
    clients = max(wallets // CLIENTS_SHARE, 1)
    credits = dict.fromkeys(KINDS, 0)
    cost_cents = 0
    numbers = list(range(lots))
    chance.shuffle(numbers)
    with (folder / LOTS_FILE).open("w") as file:
        for number in numbers:
            lot = _lot(chance, number, number % wallets)
            credits[lot["kind"]] += lot["credits"]
            cost_cents += lot["cost_cents"]
            print(json.dumps(lot), file=file)
    lines = {
        ACCOUNTS_FILE: _write(folder / ACCOUNTS_FILE, _accounts(chance, wallets, clients)),
        LOTS_FILE: lots,
        RECORDS_FILE: _write(folder / RECORDS_FILE, _records(chance, clients)),
    }
    manifest = {
        "name": f"bench-{lots}",
        "as_of": AS_OF.isoformat(),
        "mode": "opening",
        "source": "a bench",
        "files": {
            name: {"lines": said, "sha256": _sha256(folder / name)} for name, said in lines.items()
        },
        "totals": {
            "wallets": wallets,
            "credits": sum(credits.values()),
            "cost_cents": cost_cents,
            "by_kind": credits,
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _lot(chance: Random, number: int, wallet: int) -> dict[str, Any]:
    of = chance.randrange(10, 81, 10)
    kind = chance.choice(KINDS)
    issued = AS_OF - timedelta(seconds=chance.randrange(1, 300 * 86_400))
    return {
        "account": f"u-{wallet}",
        "lot": f"L-{number}",
        "kind": kind,
        "credits": chance.randrange(1, of + 1),
        "of": of,
        "cost_cents": 15 * of if kind in ("purchase", "return") else 0,
        "currency": "USD",
        "issued": issued.isoformat(),
        "expires": None if kind == "courtesy" else (issued + timedelta(days=365)).isoformat(),
    }


def _accounts(chance: Random, wallets: int, clients: int) -> Iterator[dict[str, object]]:
    for number in range(wallets):
        registered = AS_OF - timedelta(days=chance.randrange(300, 3_000))
        kind = "freelancer" if number % 10 else "agency"
        yield {"account": f"u-{number}", "kind": kind, "name": f"Member {number}",
               "country": "PT", "registered_at": registered.isoformat()}  # fmt: skip
    for number in range(clients):
        yield {"account": f"c-{number}", "kind": "client", "payment_verified": bool(number % 2)}


def _records(chance: Random, clients: int) -> Iterator[dict[str, object]]:
    for number in range(clients):
        ended = chance.randrange(50)
        yield {
            "account": f"c-{number}",
            "posts_ended": ended,
            "left_open": ended // 5,
            "hires": ended // 2,
        }


def _write(path: Path, lines: Iterator[dict[str, object]]) -> int:
    count = 0
    with path.open("w") as file:
        for line in lines:
            count += 1
            print(json.dumps(line), file=file)
    return count


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def measured(what: str, arguments: list[str], profile: bool) -> None:
    """Run a command, and print how long it took and, if asked, where its time went."""
    from connects.cli.main import main as connects

    profiler = cProfile.Profile() if profile else None
    began, busy = time.perf_counter(), time.process_time()
    if profiler is not None:
        profiler.enable()
    try:
        connects(arguments, standalone_mode=False)
    except SystemExit as ended:
        if ended.code:
            raise
    if profiler is not None:
        profiler.disable()
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    print(f"{what:<8} {seconds:>8.1f} s, {busy:>8.1f} s of the processor", flush=True)
    if profiler is not None:
        found = pstats.Stats(profiler, stream=sys.stdout)
        found.sort_stats("tottime").print_stats(SHOWN)
        found.sort_stats("cumtime").print_stats("connects", SHOWN)


def main() -> None:
    """Go through all steps; each must exit with 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lots", type=int, default=1_000_000)
    parser.add_argument("--profile", default="", help="a step to profile")
    options = parser.parse_args()
    prepare()
    with tempfile.TemporaryDirectory(prefix="connects-bench-import-") as made:
        folder = Path(made) / "folder"
        folder.mkdir()
        write_folder(folder, options.lots)
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{options.lots:,} lots, {size / 1e6:,.0f} MB", flush=True)
        steps = {
            "check": ["import", str(folder), "--check"],
            "run": ["import", str(folder), "--run"],
            "verify": ["verify", "--processes", "2"],
            "roots": ["roots", "make"],
            "books": ["books", "--out", str(Path(made) / "books.beancount")],
            "undo": ["import", str(folder), "--undo"],
            "proved": ["verify", "--processes", "2"],
        }
        for what, arguments in steps.items():
            measured(what, arguments, profile=what == options.profile)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"at most {peak / 1_024:,.0f} MiB of memory")


if __name__ == "__main__":
    main()
