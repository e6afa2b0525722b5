"""The worker goes on whatever happens, more patiently each time, and says so in one line."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from structlog.testing import capture_logs

from connects.due import worker
from connects.market.upkeep.services import last_pass

pytestmark = pytest.mark.django_db


class Hours:
    """A worker's time: pauses pass at once and are noted; the worker is stopped after so many."""

    def __init__(self, pauses: int) -> None:
        self.left, self.now, self.is_over = pauses, 0.0, False
        self.waited: list[float] = []

    def is_set(self) -> bool:
        return self.is_over

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        self.now += seconds
        self.left -= 1
        self.is_over = self.left <= 0
        return self.is_over

    def monotonic(self) -> float:
        return self.now


def worked(
    monkeypatch: pytest.MonkeyPatch, turn: Callable[[Any], None], pauses: int
) -> tuple[Hours, list[Any]]:
    hours: Any = Hours(pauses)
    monkeypatch.setattr(worker, "_turn", turn)
    monkeypatch.setattr(worker, "monotonic", hours.monotonic)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with capture_logs() as lines:
        worker.run_worker(hours)
    return hours, lines


def broken(_stop: threading.Event) -> None:
    raise ValueError("a bug of ours")


def test_failures_in_a_row_are_told_less_and_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    _, lines = worked(monkeypatch, broken, pauses=150)

    pauses = [line["next_try_seconds"] for line in lines]
    assert pauses[:8] == [5, 10, 20, 40, 80, 160, 300, 300]
    assert [line["failures"] for line in lines[:3]] == [1, 2, 3]
    assert [line["exc_info"] is not None for line in lines[:3]] == [True, False, False]
    assert {line["error"] for line in lines} == {"ValueError: a bug of ours"}


def test_a_database_that_is_back_is_noticed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = [OperationalError("gone")] * 6

    def away(_stop: threading.Event) -> None:
        if outcomes:
            raise outcomes.pop()

    monkeypatch.setattr(worker, "_database_answers", lambda: not outcomes)
    hours, lines = worked(monkeypatch, away, pauses=40)

    told = [line for line in lines if line["event"] == "due work failed"]
    assert [line["next_try_seconds"] for line in told] == [5, 10, 20, 40, 80, 160]
    assert all(line["exc_info"] is None for line in told)
    # 5 + 10 + 20 + 40 + 80 seconds while it was away; then the first look finds it, not after 160.
    assert lines[-1] == {"event": "due work runs again", "failures": 6, "log_level": "warning"}
    assert hours.waited[:32] == [5.0] * 32


def test_a_turn_that_is_through_is_noted() -> None:
    assert last_pass() is None

    worker._turn(threading.Event())

    assert last_pass() is not None
