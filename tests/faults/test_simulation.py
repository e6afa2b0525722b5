"""The simulation, for as long as a test may take; `make soak` runs it for as long as you like."""

import pytest

from tests.faults.simulation import Simulation, TransactionalStore, simulate

STEPS = 15_000


@pytest.mark.parametrize("seed", [20190520, 20260401])
def test_a_ledger_whose_transactions_fail_loses_doubles_and_halves_nothing(seed: int) -> None:
    assert simulate(seed, STEPS)


def test_a_seed_leads_to_the_same_run_again() -> None:
    first, second = Simulation(7), Simulation(7)

    first.run(2_000)
    second.run(2_000)

    assert first.told == second.told
    assert first.told["crash before the commit"] > 0
    assert first.told["wallets proved"] > 0


def test_what_a_crash_leaves_half_done_is_found_and_its_seed_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(TransactionalStore, "roll_back", lambda _: None)

    assert not simulate(7, 2_000)
    assert "seed 7 fails at step" in capsys.readouterr().out
