"""All measurements on one database, the one of DATABASE_URL, printed as JSON for `bench.ledger`.

A process can only be set up for one database, so each has a process of its own.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from dataclasses import asdict
from typing import Any

from bench.installation import prepare
from bench.ledger import batches, callers, machine, pgbench, pgledger
from bench.ledger.workload import fill

CALLERS = (1, 8, 32)


def measure(options: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection

    from connects.due.worker import GARBAGE_THRESHOLD

    vendor = connection.vendor
    _say(f"{vendor}: filling {options.wallets:,} wallets")
    fill(options.wallets)
    # As the worker does, for both sides.
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 20)
    _say(f"{vendor}: batches, {options.rounds} rounds")
    found: dict[str, Any] = {
        "database": vendor,
        "settings": machine.database(),
        "rows": [asdict(row) for row in batches.measure(vendor, options.wallets, options.rounds)],
        "callers": [],
        "pgledger": [],
    }
    if vendor == "postgresql":
        found.update(_concurrent(os.environ["DATABASE_URL"], options))
    return found


def _concurrent(url: str, options: argparse.Namespace) -> dict[str, Any]:
    more = (options.seconds, options.callers_rounds)
    pgbench.copy_tables()
    rates = []
    for number in CALLERS:
        _say(f"postgresql: {number} callers")
        rates += [
            pgbench.same_reads_and_writes(url, options.wallets, number, *more),
            callers.alone(number, options.wallets, *more),
            callers.sharing(number, options.wallets, *more),
        ]
    rates.append(callers.sharing(max(CALLERS), options.wallets, *more, each=callers.EACH))
    rates.append(batches.bare_of(max(CALLERS), options.wallets, options.callers_rounds))
    theirs = []
    if options.pgledger:
        _say("postgresql: pgledger")
        pgledger.install(options.pgledger)
        theirs = [pgledger.transfers(url, number, *more) for number in CALLERS]
        theirs += pgledger.batches(url, *more)
    return {"callers": [*map(asdict, rates)], "pgledger": [*map(asdict, theirs)]}


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--wallets", type=int, required=True)
    asked.add_argument("--rounds", type=int, required=True)
    asked.add_argument("--seconds", type=float, required=True)
    asked.add_argument("--callers-rounds", type=int, required=True)
    asked.add_argument("--pgledger", default="")
    prepare()
    print(json.dumps(measure(asked.parse_args())))
