"""The wallets in arrays do what the ledger does."""

import os

import pytest

pytest.importorskip("numba")

from connects.lab.mirror.random_steps import first_difference

STEPS = int(os.environ.get("CONNECTS_LAB_STEPS", "60000"))


def test_random_commands_do_the_same_to_the_arrays_as_to_the_ledger() -> None:
    assert first_difference(STEPS, seed=2026) is None
