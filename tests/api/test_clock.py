"""A sandbox's clock is moved by its host, and what falls due on the way is done; a real one stays."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connects.bootstrap import clock
from connects.bootstrap.clock import now, run_ahead
from connects.market.api_clients.models import ApiClient
from connects.market.trust.models import StaffAct
from connects.market.upkeep.models import SandboxClock
from connects.market.upkeep.sandbox import begin_sandbox, follow_clock
from tests.api.calling import problem
from tests.api.hosts import Host, server_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def sandbox(settings: Any) -> Iterator[Host]:
    settings.SANDBOX = True
    begin_sandbox(now())
    yield Host()
    run_ahead(timedelta())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_its_keys_are_for_tests(sandbox: Host) -> None:
    assert ApiClient.objects.get().keys.get().prefix.startswith("csk_test_")


def test_a_year_of_expiries_passes_in_one_call(sandbox: Host) -> None:
    sandbox.freelancer(rule_book="upwork-2019-05")
    before = sandbox.get("accounts/u-7/wallet").json()
    to = now().replace(microsecond=0) + timedelta(days=370)

    moved = sandbox.post("clock", {"to": to.isoformat()}).json()

    assert before["balance"] > 0
    assert sandbox.get("accounts/u-7/wallet").json()["balance"] == 0
    assert (at(moved["now"]), moved["entries"]) == (to, 1)
    steps = [step["what"] for step in moved["steps"]]
    assert steps.count("expiry") == 1
    assert "renewal" in steps
    assert moved["steps_in_all"] == len(steps)
    assert [step["at"] for step in moved["steps"]] == sorted(s["at"] for s in moved["steps"])


def test_the_clock_runs_on_from_where_it_was_put(sandbox: Host) -> None:
    to = now() + timedelta(days=1)
    sandbox.post("clock", {"to": to.isoformat()})

    told = sandbox.get("clock").json()

    assert told["sandbox"] is True
    assert to <= at(told["now"]) < to + timedelta(hours=1)


def test_another_process_follows(sandbox: Host) -> None:
    to = now() + timedelta(days=30)
    sandbox.post("clock", {"to": to.isoformat()})
    run_ahead(timedelta())  # as in a process that has not heard of it
    behind = now()
    follow_clock()

    assert behind < to - timedelta(days=29)
    assert now() >= to


def test_moving_leaves_a_line_in_the_log(sandbox: Host) -> None:
    sandbox.post("clock", {"to": (now() + timedelta(days=1)).isoformat()})

    assert StaffAct.objects.get(act="move-clock").parameters["client"] == "shop"


@pytest.mark.parametrize("days", [-1, 0, 5 * 366 + 1])
def test_the_clock_goes_forward_and_not_too_far(sandbox: Host, days: int) -> None:
    wrong = {"to": (now() + timedelta(days=days)).isoformat()}

    assert problem(sandbox.post("clock", wrong), 422)["code"] == "clock_goes_forward"
    assert SandboxClock.objects.get().ahead == 0


@pytest.mark.parametrize("to", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_the_ends_of_the_calendar_are_refused(sandbox: Host, to: str) -> None:
    assert problem(sandbox.post("clock", {"to": to}), 422)["code"] == "clock_goes_forward"


def test_a_real_installation_is_not_moved(db: None, settings: Any) -> None:
    host, to = Host(), {"to": (now() + timedelta(days=1)).isoformat()}

    assert problem(host.post("clock", to), 403)["code"] == "sandbox_only"
    settings.SANDBOX = True  # the setting alone, on a database that is none
    assert problem(host.post("clock", to), 403)["code"] == "sandbox_only"
    assert host.get("clock").json()["sandbox"] is False
    assert clock._ahead == timedelta()


def test_moving_needs_its_scope(sandbox: Host) -> None:
    reader = Host(server_key("reader", scopes=("read",)))

    told = problem(reader.post("clock", {"to": "2040-01-01T00:00:00Z"}), 403)

    assert told["parameters"] == {"scope": "sync"}


def test_now_is_in_utc(sandbox: Host) -> None:
    assert at(sandbox.get("clock").json()["now"]).tzinfo == UTC
