"""The wallets in arrays do what the ledger does."""

import os

import pytest

pytest.importorskip("numba")

from connects.lab.mirror.random_steps import first_difference

STEPS = int(os.environ.get("CONNECTS_LAB_STEPS", "1000000"))
PARTS = 4
"""They are played beside each other where the tests have processes."""


@pytest.mark.parametrize("part", range(PARTS))
def test_random_commands_do_the_same_to_the_arrays_as_to_the_ledger(part: int) -> None:
    assert first_difference(STEPS // PARTS, seed=2026 + part) is None
