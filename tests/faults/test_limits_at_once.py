"""Many acts at once, from several processes: exactly as many are let in as may be."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from connects.market.limits.models import ActCount

PROCESSES = 4

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_as_many_are_let_in_as_may_be_whoever_comes_first(address: str) -> None:
    environment = {**os.environ, "DATABASE_URL": address, "CONNECTS_VAR": str(settings.VAR)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.counter", "20"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    let_in = [int(process.communicate(timeout=120)[0]) for process in processes]

    assert [process.returncode for process in processes] == [0] * PROCESSES
    assert sum(let_in) == 20
    assert sorted(ActCount.objects.values_list("limit", "count")) == [
        ("flags", 20),
        ("sign-ups", 20),
    ]
