"""How fast the service answers, as ratios within one run: through HTTP, as a host's server calls it.

    python -m bench.service [--json] [--wallets 100000] [--jobs 10000] [--seconds 5]

or `connects bench service`. One web server with one worker, PostgreSQL beside it, and the driver as a
process of its own, all on the same cores; 32 connections that stay open. *Echo* reads a validated JSON
body and sends it back through the very stack that serves the API.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

import psycopg

from bench.ledger.machine import machine
from bench.service.calls import BULK, QUOTED, Calls
from bench.service.feed import feed_p99_ms
from bench.service.load import Load, Request, ask, closed, paced
from bench.service.server import web_server
from tests.servers.postgres import PostgresUnavailableError, postgres_server

CONNECTIONS = 32
BULK_CONNECTIONS = 2
BARE = ("bench.service.bare_server",)
PACE = 500
EARLIER = 20_000
WORDS = {
    "echo_vs_ninja": "Echo through the site's stack, of django-ninja alone",
    "wallet_vs_echo": "GET wallet, of echo",
    "quote_vs_echo": "POST quotes for one job, of echo",
    "quote_100_p99_ms": "POST quotes for 100 jobs, p99 in ms",
    "charge_vs_echo": "A charge, of echo",
    "charges_per_second": "Charges a second",
    "charge_p99_ms_at_500": "A charge at 500 a second, p99 in ms",
    "bulk_per_second": "Charges a second, 1,000 in a call",
    "feed_p99_ms": "From a charge's answer to its event in the feed, p99 in ms",
    "publish_cost": "What publishing costs the ledger (share)",
}


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(
        prog="connects bench service", description="How fast it answers."
    )
    asked.add_argument("--wallets", type=int, default=100_000, help="at least 1,000")
    asked.add_argument("--jobs", type=int, default=10_000, help="at least 1,000")
    asked.add_argument("--seconds", type=float, default=5.0, help="for each kind of call")
    asked.add_argument("--json", action="store_true", help="the result as JSON, for programs")
    options = asked.parse_args(arguments)
    if options.wallets < 1_000 or options.jobs < 1_000 or options.seconds < 1:
        asked.error("at least 1,000 wallets, 1,000 jobs and 1 second are needed")
    begin = machine()
    try:
        with postgres_server() as url, tempfile.TemporaryDirectory() as var:
            result = {"machine": begin, **_measured(options, url, var)}
    except PostgresUnavailableError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps(result, indent=2) if options.json else _lines(result))
    return 0


def _measured(options: argparse.Namespace, url: str, var: str) -> dict[str, Any]:
    _tell("filling")
    filled = _child(url, "bench.service.fill", options.wallets, "--jobs", str(options.jobs))
    calls = Calls(filled["key"], options.wallets, options.jobs)
    with web_server("bench.service.bare_settings", url, var, BARE) as port:
        bare = _closed("django-ninja alone", port, calls.echoes(), options.seconds)
    with web_server("bench.service.stack_settings", url, var) as port:
        _send_earlier(port, calls, url)
        found = _of_the_site(port, calls, options.seconds)
        found["feed_p99_ms"] = feed_p99_ms(port, calls, url, var, options.seconds)
    found["echo_vs_ninja"] = found["echo_per_second"] / bare.per_second
    marked = _child(url, "bench.service.publishing", options.wallets)
    found["publish_cost"], found["publish_cost_of_singles"] = marked["batches"], marked["singles"]
    return {name: _rounded(figure) for name, figure in found.items()}


def _send_earlier(port: int, calls: Calls, url: str) -> None:
    """Send proposals as there are on any marketplace, and have PostgreSQL know of them.

    It plans for a table as it was when it last looked, which is about once a minute.
    """
    for bulk in islice(calls.bulks("earlier"), EARLIER // BULK):
        status, body = ask(port, bulk)
        assert status < 300, body[:1_000]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def _of_the_site(port: int, calls: Calls, seconds: float) -> dict[str, float]:
    echo = _closed("echo", port, calls.echoes(), seconds).per_second
    wallet = _closed("wallet", port, calls.wallet_reads(), seconds).per_second
    quote = _closed("one quote", port, calls.quotes(1), seconds).per_second
    many = _closed("100 quotes", port, calls.quotes(QUOTED), seconds, 4)
    _closed("first prices", port, calls.charges("warm"), seconds)
    charge = _closed("charges", port, calls.charges("one"), seconds)
    steady = paced(port, calls.charges("steady"), CONNECTIONS, seconds, PACE)
    _require_right("charges at a pace", steady)
    bulk = _closed("bulk", port, calls.bulks("bulk"), seconds, BULK_CONNECTIONS)
    return {
        "echo_per_second": echo,
        "wallet_vs_echo": wallet / echo,
        "quote_vs_echo": quote / echo,
        "quote_100_p99_ms": many.milliseconds_at(0.99),
        "charge_vs_echo": charge.per_second / echo,
        "charges_per_second": charge.per_second,
        "charge_p99_ms": charge.milliseconds_at(0.99),
        "charge_p99_ms_at_500": steady.milliseconds_at(0.99),
        "bulk_per_second": BULK * bulk.per_second,
    }


def _closed(
    what: str,
    port: int,
    requests: Iterator[Request],
    seconds: float,
    connections: int = CONNECTIONS,
) -> Load:
    load = closed(port, requests, connections, seconds)
    _require_right(what, load)
    _tell(f"{what}: {load.per_second:,.0f} a second")
    return load


def _require_right(what: str, load: Load) -> None:
    """A server that refuses is fast, and worth nothing."""
    if load.wrong:
        status, body = load.wrong[0]
        raise RuntimeError(f"{what}: {len(load.wrong)} wrong answers, such as {status} {body!r}")


def _child(url: str, module: str, wallets: int, *more: str) -> dict[str, Any]:
    said = ["--wallets", str(wallets), *more]
    told = subprocess.run(
        [sys.executable, "-m", module, *said],
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _rounded(figure: float) -> float:
    return round(figure, 3) if abs(figure) < 100 else round(figure)


def _lines(result: dict[str, Any]) -> str:
    return "\n".join(f"{words:<64} {result[key]:>12,}" for key, words in WORDS.items())


if __name__ == "__main__":
    sys.exit(main())
