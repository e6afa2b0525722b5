"""How fast the ledger posts, as ratios to what the databases themselves can do, in one run.

    python -m bench.ledger [--json] [--wallets 100000] [--rounds 5] [--seconds 3] [--docs]

or `connects bench ledger`. PostgreSQL is the server of DATABASE_URL, or one that is started for the
run; SQLite is a file. PGLEDGER_SQL names a file with pgledger's SQL, to be measured beside. `--docs`
writes the table and the plot of docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from bench.ledger import machine, report, summary
from tests.servers.postgres import PostgresUnavailableError, postgres_server

CALLERS_ROUNDS = 3


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="connects bench ledger", description="How fast it posts.")
    asked.add_argument("--wallets", type=int, default=100_000, help="at least 20,000")
    asked.add_argument("--rounds", type=int, default=5, help="of batches; figures are medians")
    asked.add_argument("--seconds", type=float, default=3.0, help="for each number of callers")
    asked.add_argument("--json", action="store_true", help="the result as JSON, for programs")
    asked.add_argument("--docs", action="store_true", help="write docs/performance.md's figures")
    options = asked.parse_args(arguments)
    if options.wallets < 20_000 or options.rounds < 1 or options.seconds < 1:
        asked.error("at least 20,000 wallets, 1 round and 1 second are needed")
    begin = machine.machine()
    try:
        with postgres_server() as url:
            postgresql = _measured(options, {**os.environ, "DATABASE_URL": url})
    except PostgresUnavailableError as problem:
        print(problem, file=sys.stderr)
        return 1
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    result = summary.summarised(begin, postgresql, _measured(options, without), vars(options))
    if options.docs:
        report.write(result)
    print(json.dumps(result, indent=2) if options.json else report.lines(result))
    return 0


def _measured(options: argparse.Namespace, environment: dict[str, str]) -> dict[str, Any]:
    """What one database's own process measures; its progress goes to standard error."""
    told = subprocess.run(
        [
            *(sys.executable, "-m", "bench.ledger.one_database"),
            *("--wallets", str(options.wallets), "--rounds", str(options.rounds)),
            *("--seconds", str(options.seconds), "--callers-rounds", str(CALLERS_ROUNDS)),
            *("--pgledger", environment.get("PGLEDGER_SQL", "")),
        ],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
