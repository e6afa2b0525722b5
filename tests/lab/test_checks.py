"""The 21 checks are complete, say their bands, and can fail."""

import pytest

pytest.importorskip("numba")

from connects.lab.checks.auction import best_gain_of_misreporting, equilibrium_bid
from connects.lab.checks.trial import Trial
from connects.lab.checks.verdicts import CHECKS, Verdict, verdicts

WITHOUT_MUTANT = {4, 9, 11, 15, 16}


def test_there_are_21_checks_with_their_numbers() -> None:
    assert [check.number for check in CHECKS] == list(range(1, 22))


def test_only_those_are_without_a_mutant_that_the_design_leaves_without() -> None:
    assert {check.number for check in CHECKS if check.mutant is None} == WITHOUT_MUTANT


def test_a_direction_must_hold_in_19_of_20_seeds() -> None:
    trial = Trial()

    assert trial.holds([1.0] * 19 + [-1.0])
    assert not trial.holds([1.0] * 18 + [-1.0] * 2)


def test_truth_is_the_best_bid_where_all_places_have_one_price() -> None:
    assert best_gain_of_misreporting() == 0


def test_the_equilibrium_of_pay_as_bid_is_that_of_the_theory() -> None:
    assert equilibrium_bid(80.0) == pytest.approx(58.4, rel=0.05)


def test_a_check_passes_and_its_mutant_fails() -> None:
    (verdict,) = verdicts(seeds=2, only=(1,))

    assert verdict.passed, verdict.observed
    assert verdict.mutant_fails


def test_a_check_whose_mutant_passes_does_not_hold() -> None:
    assert not Verdict(1, "a", "b", "c", passed=True, mutant_fails=False).holds
    assert Verdict(1, "a", "b", "c", passed=True, mutant_fails=None).holds
