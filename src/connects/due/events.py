"""Passing events on: publishing and delivering them, many times a second, beside the worker's turns.

A turn of due work may take long, and an event is to be in the feed within a second; so this has a thread
and a connection to the database of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import close_old_connections, connection

from connects.acts.events.lanes import Deliverer
from connects.acts.events.publish import publish_events
from connects.bootstrap.clock import now as clock_now
from connects.due.failures import log_failure

PAUSE_SECONDS = 0.2
BUSY_SECONDS = 0.02
PAUSE_SECONDS_MOST = 30.0

log = structlog.get_logger()


@contextmanager
def events_passed_on(stop: threading.Event) -> Iterator[None]:
    """Pass events on within the context, until it ends or `stop` is set."""
    thread = threading.Thread(target=pass_events_on, args=[stop], name="events", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def pass_events_on(stop: threading.Event) -> None:
    """Publish and deliver, repeatedly. A failure is logged once, and retried after a longer pause."""
    deliverer, failures = Deliverer(), 0
    try:
        while not stop.is_set():
            try:
                close_old_connections()
                passed = publish_events() + deliverer.turn(clock_now())
            except Exception as error:  # noqa: BLE001 one bad turn must not end the passing on
                failures += 1
                pause = min(PAUSE_SECONDS * 2 ** min(failures, 10), PAUSE_SECONDS_MOST)
                if failures == 1:
                    log_failure(log, "events are not passed on", error, failures, pause)
                stop.wait(pause)
                continue
            if failures:
                log.warning("events are passed on again", failures=failures)
            failures = 0
            stop.wait(BUSY_SECONDS if passed else PAUSE_SECONDS)
    finally:
        deliverer.close()
        connection.close()
