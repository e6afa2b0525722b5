"""Each fault for a moment; `make soak` gives them as long as you like."""

import subprocess
import sys

import pytest
from django.db import connection

from tests.architecture.sources import ROOT

FAULTS = {
    "sqlite": ["a process killed", "disk full", "clocks going back"],
    "postgresql": [
        "a process killed",
        "PostgreSQL killed",
        "connections cut amid a commit",
        "disk full",
        "clocks going back",
        "lock time-outs",
        "deadlocks",
        "serialisation failures",
    ],
}
SECONDS_FOR_EACH = 0.5

pytestmark = pytest.mark.faults


def test_under_every_fault_nothing_is_lost_doubled_or_half_done() -> None:
    faults = FAULTS[connection.vendor]
    seconds = str(SECONDS_FOR_EACH * len(faults))
    program = [sys.executable, "-m", "tests.faults.soak", "--database", connection.vendor]

    run = subprocess.run(
        [*program, "--seconds", seconds, "--seed", "20190520"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    for fault in faults:
        assert f"holds  {fault}: " in run.stdout
