"""A connection is asked whether it lives once a second at most, and one that has failed always."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

import psycopg
import pytest

from connects.project.databases import database_settings
from connects.project.postgresql import base


class Server:
    """A server's side of a connection: counts how often it is asked, and may be lost."""

    def __init__(self) -> None:
        self.asked, self.is_lost, self.is_closed = 0, False, False

    def cursor(self) -> Server:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def execute(self, _statement: str) -> None:
        self.asked += 1
        if self.is_lost:
            raise psycopg.OperationalError("the connection is lost")

    def close(self) -> None:
        self.is_closed = True


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(base, "monotonic", clock)
    return clock


def connected(server: Server) -> Any:
    settings: dict[str, Any] = {"TIME_ZONE": None, "AUTOCOMMIT": True, "OPTIONS": {}}
    wrapper: Any = base.DatabaseWrapper(settings)
    wrapper.connection, wrapper.health_check_enabled = server, True
    return wrapper


def begin_request(wrapper: Any) -> None:
    """What Django does with a connection before the first query of a request."""
    wrapper.health_check_done = False
    wrapper.close_if_health_check_failed()


def test_requests_within_a_second_ask_once(clock: Clock) -> None:
    server = Server()
    wrapper = connected(server)

    for _ in range(5):
        begin_request(wrapper)
        clock.now += 0.15

    assert server.asked == 1
    clock.now += 1
    begin_request(wrapper)
    assert server.asked == 2


def test_a_request_is_not_asked_in_its_midst_once_it_has_begun(clock: Clock) -> None:
    server = Server()
    wrapper = connected(server)
    begin_request(wrapper)
    begin_request(wrapper)

    clock.now += 2
    wrapper.close_if_health_check_failed()  # as Django does where a transaction has just ended

    assert server.asked == 1


def test_a_connection_that_is_lost_is_closed_within_a_second(clock: Clock) -> None:
    server = Server()
    wrapper = connected(server)
    begin_request(wrapper)
    server.is_lost = True

    clock.now += 1
    begin_request(wrapper)

    assert server.is_closed


def test_after_an_error_it_is_asked_however_soon(clock: Clock) -> None:
    server = Server()
    wrapper = connected(server)
    begin_request(wrapper)
    server.is_lost = True

    assert wrapper.is_usable() is False


def test_a_site_on_postgresql_has_such_connections() -> None:
    settings = database_settings("postgresql://someone@127.0.0.1/connects", Path())

    assert f"{settings['ENGINE']}.base" == base.__name__
