"""`connects lab`: verdicts for people and programs, and plain words where packages are missing."""

import json
from importlib import util

import pytest
from click.testing import CliRunner

from connects.cli.main import main


@pytest.fixture
def run() -> CliRunner:
    return CliRunner()


def test_where_the_extra_is_missing_the_command_says_how_to_install_it(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)

    told = run.invoke(main, ["lab", "check"])

    assert told.exit_code == 2
    assert told.output.startswith("This needs numba, numpy, scipy: install the extra `lab`")


def test_the_verdicts_of_checks_are_printed_for_programs(run: CliRunner) -> None:
    pytest.importorskip("numba")

    told = run.invoke(main, ["lab", "check", "--json", "--only", "9", "--seeds", "2"])

    (check,) = json.loads(told.stdout)["checks"]
    assert list(check) == ["number", "name", "observed", "band", "pass", "mutant_fails"]
    assert (check["number"], check["pass"], check["mutant_fails"]) == (9, True, None)
    assert told.exit_code == 0


def test_a_check_out_of_its_band_is_said_and_ends_with_1(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    from connects.lab.checks import auction

    monkeypatch.setattr(auction, "best_gain_of_misreporting", lambda: 3)

    told = run.invoke(main, ["lab", "check", "--only", "9", "--seeds", "2", "--processes", "1"])

    assert told.exit_code == 1
    assert " 9 FAIL  one price for all places" in told.output
    assert "0 of 1 pass" in told.output


@pytest.mark.parametrize("wrong", [["--only", "22"], ["--seeds", "1"], ["--seeds", "x"]])
def test_numbers_that_cannot_be_meant_are_refused(run: CliRunner, wrong: list[str]) -> None:
    told = run.invoke(main, ["lab", "check", *wrong])

    assert told.exit_code == 2
    assert "Invalid value" in told.output
