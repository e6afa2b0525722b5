"""Runs are kept one by one: a study goes on from where it was stopped, and finds the same."""

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit

import pytest

pytest.importorskip("numba")

from connects.lab.run import Wanted
from connects.lab.studies import runs
from connects.lab.studies.findings import difference, estimate, found_of
from connects.lab.studies.planned import Planned, planned
from connects.lab.studies.runs import RunsStopped, RunStore, all_played, digest
from connects.lab.studies.study import Study
from connects.studies.market.report import report
from connects.studies.market.results import Found
from connects.studies.market.words import told

ARMS = [
    {"name": "now", "policy": "upwork-2023"},
    {"name": "free", "policy": "upwork-2023", "change": {"card": {"multiply": 0}}},
    {
        "name": "half <b>free</b>",
        "policy": "upwork-2023",
        "mixed": {"change": {"card": {"multiply": 0}}, "share": 0.5},
    },
]


@pytest.fixture(scope="module")
def plan() -> Planned:
    tables = {"title": "Free proposals", "days": 60, "warm_up_days": 5, "seeds": 3, "arm": ARMS}
    study = Study.model_validate({**tables, "freelancers": 150})
    return planned(study, "it", Path())


@pytest.fixture(scope="module")
def store(plan: Planned, tmp_path_factory: pytest.TempPathFactory) -> RunStore:
    store = RunStore(tmp_path_factory.mktemp("runs"))
    all_played(plan.runs, store, 1, lambda count: None)
    return store


@pytest.fixture(scope="module")
def found(plan: Planned, store: RunStore) -> Found:
    return found_of(plan, all_played(plan.runs, store, 1, lambda count: None))


def test_a_stopped_study_goes_on_and_finds_the_same(
    plan: Planned, store: RunStore, found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[Wanted] = []
    play = Wanted.play

    def stopped_at_the_third(run: Wanted) -> object:
        if len(played) == 2:
            raise KeyboardInterrupt
        played.append(run)
        return play(run)

    own = RunStore(tmp_path)
    with monkeypatch.context() as at_first:
        at_first.setattr(Wanted, "play", stopped_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            all_played(plan.runs[:4], own, 1, lambda count: None)
    assert len(list(tmp_path.iterdir())) == 2
    (tmp_path / f"{digest(plan.runs[1])}.json").write_text("{")

    heard: list[int] = []
    again = all_played(plan.runs[:4], own, 1, heard.append)

    assert heard == [1, 1, 1, 1]
    assert again == all_played(plan.runs[:4], store, 1, lambda count: None)


def test_no_memory_is_a_clean_stop_that_can_be_resumed(
    plan: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(run: Wanted) -> object:
        raise MemoryError

    monkeypatch.setattr(Wanted, "play", none_left)

    with pytest.raises(RunsStopped, match="Out of memory"):
        all_played(plan.runs, RunStore(tmp_path), 1, lambda count: None)
    assert list(tmp_path.iterdir()) == []


def test_processes_of_another_version_play_nothing_and_it_is_said_what_to_do(
    plan: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "sources_digest", lambda: "those before the upgrade")

    with pytest.raises(
        RunsStopped, match=r"upgraded, or edited, while it played.* again: the version"
    ):
        all_played(plan.runs, RunStore(tmp_path), 2, lambda count: None)
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_breaks_in_an_upgrade_is_not_said_to_want_for_memory(
    plan: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        monkeypatch.setattr(runs, "_sources_now", lambda: "those after the upgrade")
        raise BrokenProcessPool

    runs.sources_digest()
    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)

    with pytest.raises(RunsStopped, match="The laboratory was upgraded"):
        all_played(plan.runs, RunStore(tmp_path), 2, lambda count: None)


def test_runs_that_are_deleted_while_a_study_plays_are_played_again_by_the_next(
    plan: Planned, tmp_path: Path
) -> None:
    def deleted(count: int) -> None:
        for file in tmp_path.iterdir():
            file.unlink()

    with pytest.raises(RunsStopped, match=r"deleted meanwhile\. Run the same command again"):
        all_played(plan.runs[:1], RunStore(tmp_path), 1, deleted)


def test_a_full_disk_is_a_clean_stop_and_what_killed_studies_left_is_cleared(
    plan: Planned, store: RunStore, tmp_path: Path
) -> None:
    left, written = tmp_path / ".unfinished-left", tmp_path / ".unfinished-by-another"
    for file in (left, written):
        file.write_text("{")
    os.utime(left, (1, 1))
    before = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(RunsStopped, match=r"A run cannot be kept: .*File too large"):
            all_played(plan.runs[:1], RunStore(tmp_path), 1, lambda count: None)
    finally:
        setrlimit(RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == [written]

    again = all_played(plan.runs[:1], RunStore(tmp_path), 1, lambda count: None)

    assert again == [store.read(plan.runs[0])]


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_played(
    plan: Planned, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(RunsStopped, match="runs cannot be kept here"):
        all_played(plan.runs, RunStore(tmp_path / "file"), 1, lambda count: None)


def test_a_run_hangs_on_its_rules_and_seed_and_not_on_its_arms_name(plan: Planned) -> None:
    run, other = plan.runs[:2]

    assert digest(replace(run, arm=replace(run.arm, name="renamed"))) == digest(run)
    assert digest(other) != digest(run)
    assert digest(replace(run, seed=2)) != digest(run)


def test_arms_are_compared_seed_by_seed() -> None:
    paired = difference([11.0, 21.0, 31.0], [10.0, 20.0, 30.0])

    assert (paired.absolute.mean, paired.absolute.low, paired.up) == (1.0, 1.0, 3)
    assert estimate([3.0]).low is None
    assert difference([1.0, 2.0], [0.0, 1.0]).percent is None


def test_free_proposals_are_found_to_be_more_and_to_bring_nothing(found: Found) -> None:
    free = found.arm("free")

    assert free.differences["proposals_per_post"].absolute.is_told_from_zero
    assert free.differences["proposals_per_post"].up == 3
    assert free.measures["connects_per_hire"].mean == 0
    assert found.arm("now").differences == {}
    naive = found.arm("half <b>free</b>").naive
    assert naive is not None
    assert naive.proposals.absolute.mean > 0
    assert any(line.startswith("proposals per job: +") for line in told(found, free))


def test_the_report_is_made_from_the_json_alone_without_script(found: Found) -> None:
    page = report(Found.model_validate_json(found.model_dump_json()))

    for words in (
        "fill rate",
        "Who wins, who loses",
        "newcomers",
        "Connects burned per hire",
        "Sums over the whole market and the 55 days that are counted: revenue",
        "countries: low wages",
        "(Gini)",
    ):
        assert words in page
    assert "What a test by account would have said" in page
    assert "half &lt;b&gt;free&lt;/b&gt;" in page
    assert "<script" not in page
    assert "nan" not in page


def test_a_run_hangs_on_the_posts_that_lie_beside_its_population(
    plan: Planned, tmp_path: Path
) -> None:
    own = tmp_path / "mine.csv"
    people = plan.population.model_copy(update={"posts": str(own)})
    run = replace(plan.runs[0], population=people)

    own.write_text("one")
    before = digest(run)
    own.write_text("another")

    assert digest(run) != before
