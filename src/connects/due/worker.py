"""The worker: does what is due, every few seconds, until it is stopped."""

from __future__ import annotations

import gc
import signal
import threading
from datetime import datetime
from time import monotonic
from types import FrameType

import structlog
from django.db import Error, close_old_connections, connection

from connects.acts.jobs.record_demand import record_demand
from connects.acts.notices.send_account_emails import send_account_emails
from connects.acts.notices.send_emails import send_emails
from connects.acts.rules.run_lab_jobs import start_waiting
from connects.billing.calls import calls_made
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.outages import is_outage
from connects.due.daily import do_daily_work
from connects.due.failures import log_failure
from connects.due.run import run
from connects.installation.sqlite_files import checkpoint
from connects.market.upkeep.sandbox import follow_clock
from connects.market.upkeep.services import note_pass

PAUSE_SECONDS = 5.0
PAUSE_SECONDS_MOST = 300.0
NOTE_SECONDS = 5.0
"""How often, at most, the worker notes within a long turn that it is at work."""
GARBAGE_THRESHOLD = 100_000

log = structlog.get_logger()


def run_worker(stop: threading.Event, pause_seconds: float = PAUSE_SECONDS) -> None:
    """Do what is due and pause, repeatedly; a turn that fails is logged and retried.

    The more turns in a row have failed, the longer the pause. A database that was away is the
    exception: the turn after it is back comes at once, and only the log is written less often.
    """
    # What was loaded at the start stays, and a batch makes many short-lived values: collecting garbage
    # need not walk the one, nor run amid the other.
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 20)
    failures = 0
    while not stop.is_set():
        try:
            close_old_connections()
            _turn(stop)
        except Exception as error:  # noqa: BLE001 one bad turn must not end the worker: what was due still is
            failures += 1
            pause = min(pause_seconds * 2 ** min(failures - 1, 10), PAUSE_SECONDS_MOST)
            log_failure(log, "due work failed", error, failures, pause)
            _wait(stop, pause, pause_seconds, away=is_outage(error))
            continue
        if failures:
            log.warning("due work runs again", failures=failures)
        failures = 0
        stop.wait(pause_seconds)


def _turn(stop: threading.Event) -> None:
    at_work = _AtWork()
    follow_clock()
    run(clock_now(), progress=at_work)
    while send_account_emails(clock_now()) and not stop.is_set():
        at_work.note()
    while send_emails(clock_now()) and not stop.is_set():
        at_work.note()
    start_waiting(clock_now())
    record_demand(clock_now())
    do_daily_work()
    checkpoint()
    note_pass(clock_now(), calls_made())


class _AtWork:
    """Notes from time to time that a long turn goes on."""

    def __init__(self) -> None:
        self.noted = monotonic()

    def __call__(self, _turns: int, _at: datetime) -> None:
        self.note()

    def note(self) -> None:
        if monotonic() - self.noted >= NOTE_SECONDS:
            self.noted = monotonic()
            note_pass(clock_now(), calls_made())


def _wait(stop: threading.Event, pause: float, step: float, *, away: bool) -> None:
    """Wait; not longer than until the database, where that was away, is back."""
    end = monotonic() + pause
    while not stop.wait(min(step, max(end - monotonic(), 0.0))) and monotonic() < end:
        if away and _database_answers():
            return


def _database_answers() -> bool:
    try:
        connection.close()
        connection.ensure_connection()
    except Error:
        return False
    return True


def stop_on_signals() -> threading.Event:
    """An event that Ctrl-C or SIGTERM sets."""
    stop = threading.Event()

    def _stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    return stop
