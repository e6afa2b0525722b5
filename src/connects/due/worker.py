"""The worker: runs what is due, every few seconds, until it is told to stop."""

from __future__ import annotations

import gc
import signal
import threading
from types import FrameType

import structlog
from django.db import close_old_connections

from connects.bootstrap.clock import now as clock_now
from connects.due.daily import do_daily_work
from connects.due.run import run
from connects.market.jobs.demand import take_reading
from connects.market.notices.letters import send_letters

PAUSE_SECONDS = 5.0
GARBAGE_THRESHOLD = 100_000

log = structlog.get_logger()


def work(stop: threading.Event, pause_seconds: float = PAUSE_SECONDS) -> None:
    """Run what is due and pause, again and again; a turn that fails is logged and tried again."""
    # What was loaded at the start stays, and a batch makes many short-lived values: collecting garbage
    # need not walk the one, nor run amid the other.
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 20)
    while not stop.is_set():
        try:
            close_old_connections()
            run(clock_now())
            while send_letters(clock_now()) and not stop.is_set():
                pass
            take_reading(clock_now())
            do_daily_work()
        except Exception:
            # One bad turn must not end the worker: what was due is still due in the next one.
            log.exception("due work failed")
        stop.wait(pause_seconds)


def stop_on_signals() -> threading.Event:
    """An event that Ctrl-C or SIGTERM sets."""
    stop = threading.Event()

    def _stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    return stop
