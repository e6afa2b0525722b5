"""`connects lab`: verdicts for people and programs, and plain words where packages are missing."""

import json
import os
import resource
import signal
from concurrent.futures.process import BrokenProcessPool
from importlib import util
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from connects.cli.main import main
from connects.policy.shelf import shipped_text


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


def test_too_little_memory_for_the_packages_is_told_before_they_are_loaded(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (250_000_000, 250_000_000))

    told = run.invoke(main, ["lab", "check"])

    assert told.exit_code == 2
    assert told.output.startswith("A process may take 0.25 GB here (ulimit -v)")


@pytest.mark.parametrize("lost", [MemoryError(), BrokenProcessPool(), ImportError("shared object")])
def test_what_gives_out_in_the_middle_ends_in_words(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch, lost: Exception
) -> None:
    pytest.importorskip("numba")
    from connects.lab.checks import auction

    def gives_out() -> int:
        raise lost

    monkeypatch.setattr(auction, "best_gain_of_misreporting", gives_out)

    told = run.invoke(main, ["lab", "check", "--only", "9", "--seeds", "2", "--processes", "1"])

    assert told.exit_code in {1, 2}
    assert isinstance(told.exception, SystemExit)
    assert "memory" in told.output


def test_a_supervisor_stops_a_study_as_ctrl_c_does(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    from connects.lab.run import Wanted

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(Wanted, "play", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    study = ["lab", "compare", "upwork-2023", "upwork-2025", "--freelancers", "50", "--days", "31"]
    options = ["--warm-up", "0", "--processes", "1", "--runs", str(tmp_path)]

    told = run.invoke(main, [*study, *options])

    assert told.exit_code == 130
    assert "Stopped. What was played is kept: the same command goes on from there." in told.output
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize("report", ["people.csv", "rules.toml", ".", "", "no/page.html", "a\0b"])
def test_a_report_that_cannot_be_written_or_would_replace_what_is_read_is_refused_at_once(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: str
) -> None:
    pytest.importorskip("numba")
    monkeypatch.chdir(tmp_path)
    shipped = files("connects.lab.population")
    people = shipped.joinpath("upwork-2023.toml").read_text().replace("posts-2023", "people.csv")
    Path("people.toml").write_text(people)
    Path("people.csv").write_text(shipped.joinpath("posts-2023.csv").read_text())
    Path("rules.toml").write_text(shipped_text("upwork-2023"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    told = run.invoke(
        main, ["lab", "compare", "rules.toml", "--population", "people.toml", "--report", report]
    )

    assert told.exit_code == 2
    assert "seeds" not in told.output, "nothing was played"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


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


@pytest.fixture
def small() -> list[str]:
    return ["--freelancers", "60", "--days", "50", "--warm-up", "5", "--seeds", "2"]


def test_rule_books_are_compared_with_a_report(
    run: CliRunner, small: list[str], tmp_path: Path
) -> None:
    pytest.importorskip("numba")
    books, page = ["upwork-2018", "upwork-2019-05"], tmp_path / "page.html"
    where = ["--runs", str(tmp_path / "runs"), "--processes", "1"]

    told = run.invoke(
        main, ["lab", "compare", *books, *small, *where, "--json", "--report", str(page)]
    )

    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert [arm["name"] for arm in found["arms"]] == books
    assert set(found["arms"][1]["differences"]) <= set(found["metrics"])
    assert "Who wins, who loses" in page.read_text()
    assert len(list((tmp_path / "runs").iterdir())) == 4


def test_a_study_in_a_file_and_a_sweep_share_their_runs(
    run: CliRunner, small: list[str], tmp_path: Path
) -> None:
    pytest.importorskip("numba")
    where = ["--runs", str(tmp_path / "runs"), "--processes", "1"]
    study = tmp_path / "study.toml"
    study.write_text(
        "title = 'Ghosts'\ndays = 50\nwarm_up_days = 5\nseeds = 2\nfreelancers = 60\n"
        "[[arm]]\nname = 'now'\npolicy = 'upwork-2023'\nbehaviour = { ghosts = 0.2 }\n"
    )

    swept = run.invoke(
        main, ["lab", "sweep", "ghosts", "0.2", "0.6", "--policy", "upwork-2023", *small, *where]
    )
    kept = {path.name for path in (tmp_path / "runs").iterdir()}
    told = run.invoke(main, ["lab", "run", str(study), *where])

    assert "ghosts = 0.6: The ladder of 2023 (upwork-2023@2), ghosts = 0.6" in swept.stdout
    assert told.exit_code == 0, told.output
    assert {path.name for path in (tmp_path / "runs").iterdir()} == kept


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (["run", "gone.toml"], "gone.toml: this file cannot be read: No such file or directory"),
        (["compare", "freelancer-com"], "Not simulated: drip plans"),
        (["compare", "upwork-2018", "upwork-2018"], "arm[1].name: expected a name of its own"),
        (
            ["sweep", "atention", "3", "--policy", "upwork-2023"],
            "such as attention, found an unknown name",
        ),
        (
            ["sweep", "card..multiply", "3", "--policy", "upwork-2023"],
            "NAME: expected a clause and its key",
        ),
        (["sweep", "card.", "3", "--policy", "upwork-2023"], "NAME: expected a clause and its key"),
        (["sweep", "card.colour", "3", "--policy", "upwork-2023"], "a key of the rule book"),
        (["compare", "upwork-2018", "--seeds", "1" + "0" * 30], "is not in the range"),
        (["compare", "upwork-2018", "--report", "/gone/page.html"], "there is no such folder"),
    ],
)
def test_what_cannot_be_played_ends_with_2_and_words(
    run: CliRunner, wrong: list[str], words: str
) -> None:
    pytest.importorskip("numba")

    told = run.invoke(main, ["lab", *wrong])

    assert told.exit_code == 2
    assert words in told.output
