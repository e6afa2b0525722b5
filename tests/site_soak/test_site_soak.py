"""A short siege of the site; `make soak-site` makes it as long as you like."""

import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection

from tests.architecture.sources import ROOT
from tests.nonsense.walker import Broken
from tests.site_soak.__main__ import Outcome, Plan, problems
from tests.site_soak.guests import Waits
from tests.site_soak.nonsense import Sent
from tests.site_soak.slow import Held

SECONDS = 12
# Of so few pages the slowest counts, and other tests have half of the machine. A site that is stopped
# lets guests wait for half a minute; the long run asks for one second.
WAIT_SECONDS_MOST = 5
PLAN = Plan("postgresql", seed=1, seconds=1, slow=200, guests=20, rate=1, wait_most=1.0)


@pytest.mark.faults
def test_neither_nonsense_nor_slow_connections_keep_guests_out() -> None:
    program = [sys.executable, "-m", "tests.site_soak", "--database", connection.vendor]
    told = ["--seconds", str(SECONDS), "--seed", "2019", "--rate", "8", "--wait"]

    run = subprocess.run(
        [*program, *told, str(WAIT_SECONDS_MOST)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "200 connections at one time" in run.stdout
    assert run.stdout.endswith("holds\n")


def outcome(
    *, broken: tuple[Broken, ...] = (), waits: Waits | None = None, held: int = 200, log: str = ""
) -> Outcome:
    sent = Sent(Counter(client=100, schemathesis=10), broken=list(broken))
    return Outcome(sent, waits or Waits([0.1] * 100), Held(open_most=held), log)


def test_a_run_without_fault_has_no_problems() -> None:
    assert list(problems(PLAN, outcome(waits=Waits([0.1] * 99 + [5.0], [])))) != []
    assert list(problems(PLAN, outcome(waits=Waits([0.1] * 199 + [5.0], [])))) == []


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (outcome(broken=(Broken("client", "POST /posts/", "500"),)), "client: POST /posts/"),
        (outcome(log='level=error event="due work failed"'), "due work failed"),
        (outcome(log='exception="Traceback (most recent call last)"'), "Traceback"),
        (outcome(waits=Waits([0.1] * 100, ["guest 1: /rules/: 503"])), "guest 1: /rules/: 503"),
        (outcome(waits=Waits([1.5] * 100)), "waited 1.50 s"),
        (outcome(held=64), "only 64 of 200"),
        (outcome(waits=Waits()), "nobody came"),
    ],
)
def test_every_kind_of_fault_is_told(seen: Outcome, told: str) -> None:
    assert [told in problem for problem in problems(PLAN, seen)] == [True]
