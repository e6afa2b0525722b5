"""What publishing costs the ledger, and how soon an event is in the feed.

python -m tests.servers.postgres -- .venv/bin/python -m bench.events [--wallets N] [--seconds N]

`publish_cost` is the share by which posting takes longer with its marks than without, the median of
alternating runs; `feed_p99_ms` the time from a commit to the feed that 99 of 100 events stay under, and
`delivered_p99_ms` that to their first delivery to a webhook on this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from statistics import median
from typing import Any

from bench.installation import prepare
from bench.ledger.workload import NOW, fill, frame, post, spends

ROUNDS = 9
BATCHES = 40
SINGLES = 400
PAUSE_SECONDS = 0.005
DELIVERED_PAUSE_SECONDS = 0.02
"""Some 50 lines a second, as of a marketplace with a million proposals a week."""
SECONDS_MOST = 60.0


@contextmanager
def without_marks() -> Iterator[None]:
    """Let PostgreSQL's statements write lines without a mark, as if nobody published them."""
    from connects.journal.databases.postgresql import statements
    from connects.journal.marks import spans_text

    write = statements.write
    together = f", marked AS ({statements.MARK})"

    def unmarked(wallets: Sequence[Any], entries: Sequence[Any]) -> tuple[str, list[Any]]:
        statement, values = write(wallets, entries)
        text = spans_text([row[:2] for row in entries])
        return statement.replace(together, ""), [each for each in values if each != text]

    statements.write = unmarked
    try:
        yield
    finally:
        statements.write = write


def publish_cost(wallets: int, rounds: int = ROUNDS) -> dict[str, float]:
    """How much longer posting takes with marks: of batches, and of single posts."""
    chance = Random(1)
    return {
        "batches": _cost(chance, wallets, rounds, size=100, batches=BATCHES),
        "singles": _cost(chance, wallets, rounds, size=1, batches=SINGLES),
    }


def _cost(chance: Random, wallets: int, rounds: int, size: int, batches: int) -> float:
    shares = []
    for number in range(rounds):
        took: dict[bool, float] = {}
        # Which of the two is first changes, so that neither always meets the warmer machine.
        for marked in (True, False) if number % 2 else (False, True):
            work = list(spends(chance, wallets, size, batches))
            if marked:
                took[marked] = _seconds(work)
            else:
                with without_marks():
                    took[marked] = _seconds(work)
        shares.append(took[True] / took[False] - 1)
    return round(median(shares), 4)


def _seconds(work: Sequence[Sequence[Any]]) -> float:
    began = time.perf_counter()
    for commands in work:
        post(commands)
    return time.perf_counter() - began


def feed_p99_ms(wallets: int, seconds: float) -> float:
    """How long after its commit an event is in the feed, while a worker publishes and others post."""
    from django.db import connection

    from connects.due.events import events_passed_on
    from connects.market.events.feed import feed_page, feed_position

    committed: dict[tuple[int, int], float] = {}
    is_over = threading.Event()
    cursor = feed_position()
    poster = threading.Thread(
        target=_post_for, args=["feed", wallets, seconds, committed, is_over, PAUSE_SECONDS]
    )
    waits: list[float] = []
    with events_passed_on(threading.Event()):
        # What was filled before is published first.
        while not _is_published():
            cursor = feed_position()
            time.sleep(PAUSE_SECONDS)
        cursor = feed_position()
        poster.start()
        while not is_over.is_set() or len(waits) < len(committed):
            page = feed_page(cursor, 500)
            seen = time.perf_counter()
            waits += [seen - committed[each.line] for each in page.places if each.row.number]
            cursor = page.position
            time.sleep(PAUSE_SECONDS)
    poster.join()
    connection.close()
    return _p99_ms(waits)


def _p99_ms(waits: list[float]) -> float:
    waits.sort()
    return round(waits[int(len(waits) * 0.99)] * 1_000, 1)


def delivered_p99_ms(wallets: int, seconds: float) -> float:
    """How long after its commit an event has reached a webhook, while a worker delivers."""
    from connects.acts.events.manage_endpoints import EndpointForm, put_endpoint
    from connects.due.events import events_passed_on

    arrived: dict[tuple[int, int], float] = {}
    committed: dict[tuple[int, int], float] = {}
    with _receiver(arrived) as url, events_passed_on(threading.Event()):
        while not _is_published():
            time.sleep(PAUSE_SECONDS)
        made = put_endpoint(EndpointForm(name="bench", url=url, types=["wallet.entry"]), NOW)
        assert isinstance(made, tuple), made
        _post_for("sent", wallets, seconds, committed, threading.Event(), DELIVERED_PAUSE_SECONDS)
        until = time.perf_counter() + SECONDS_MOST
        while len(arrived) < len(committed) and time.perf_counter() < until:
            time.sleep(PAUSE_SECONDS)
    assert len(arrived) >= len(committed), "some were not delivered"
    return _p99_ms([arrived[line] - at for line, at in committed.items()])


@contextmanager
def _receiver(arrived: dict[tuple[int, int], float]) -> Iterator[str]:
    """A host's server, which notes when each line first came; its address."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["data"]
            arrived.setdefault((int(told["account"]), told["sequence"]), time.perf_counter())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _is_published() -> bool:
    from connects.journal.models import BatchMark

    return not BatchMark.objects.exists()


def _post_for(
    name: str,
    wallets: int,
    seconds: float,
    committed: dict[tuple[int, int], float],
    is_over: threading.Event,
    pause: float,
) -> None:
    from django.db import connection, transaction

    from connects.bootstrap.journals import journal
    from connects.journal.port import Posted
    from connects.ledger.commands import Spend

    chance, end, number = Random(2), time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        number += 1
        wallet = chance.randrange(1, wallets + 1)
        with transaction.atomic():
            outcome = journal().post_one(Spend(**frame(wallet, f"{name}-{number}"), credits=1), NOW)
            if isinstance(outcome, Posted) and outcome.record is not None:
                # A moment too early, so what is measured is never too short.
                committed[wallet, outcome.record.entry.number] = time.perf_counter()
        time.sleep(pause)
    is_over.set()
    connection.close()


def main() -> None:
    """Print both as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wallets", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    os.environ["CONNECTS_WEBHOOK_NETWORKS"] = "127.0.0.0/8"
    prepare()
    fill(options.wallets)
    found = {
        "publish_cost": publish_cost(options.wallets),
        "feed_p99_ms": feed_p99_ms(options.wallets, options.seconds),
        "delivered_p99_ms": delivered_p99_ms(options.wallets, options.seconds),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
