"""What the laboratory's commands that play studies have in common: options, progress, and their files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from connects.cli.laboratory import INTERRUPTED, needs_lab

if TYPE_CHECKING:
    from connects.lab.run import Wanted
    from connects.lab.studies.study import Study
    from connects.lab.studies.summary import Summary
    from connects.studies.market.results import Found, Swept

Command = TypeVar("Command", bound=Callable[..., Any])

SEEDS_MOST = 1000
RUNS_VARIABLE = "CONNECTS_LAB_RUNS"


def _runs_folder() -> str:
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return os.environ.get(RUNS_VARIABLE) or str(Path(cache, "connects", "lab-runs"))


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


OUTPUT = _options(
    click.option(
        "--processes",
        type=click.IntRange(1, 64),
        default=lambda: os.cpu_count() or 1,
        help="how many runs at once; without it, one for each core",
    ),
    click.option("--json", "as_json", is_flag=True, help="print the findings as JSON"),
    click.option("--report", help="write the report with plots to this HTML file"),
    click.option(
        "--runs",
        default=_runs_folder,
        help=f"the folder for finished runs (or {RUNS_VARIABLE}); without it, one in your cache",
    ),
)
MARKET = _options(
    click.option(
        "--population",
        default="upwork-2023",
        show_default=True,
        help="the name of one that ships, or a file",
    ),
    click.option(
        "--freelancers",
        type=click.IntRange(50, 2_000_000),
        default=5000,
        show_default=True,
        help="freelancers in each market",
    ),
    click.option(
        "--days",
        type=click.IntRange(31, 1830),
        default=180,
        show_default=True,
        help="days that each market runs",
    ),
    click.option(
        "--warm-up",
        type=click.IntRange(0, 1799),
        default=30,
        show_default=True,
        help="first days that are not counted",
    ),
    click.option(
        "--seeds",
        type=click.IntRange(1, SEEDS_MOST),
        default=20,
        show_default=True,
        help="markets for each arm",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a study is played, and where its findings go."""

    processes: int
    as_json: bool
    report: str | None
    runs: str
    seeds: int | None = None
    """In place of the study's own number."""


def settings_of(options: dict[str, Any]) -> tuple[dict[str, Any], Settings]:
    """The options of `MARKET`, as a study says them, and those of `OUTPUT`."""
    market = {key: options.pop(key) for key in ("population", "freelancers", "days", "seeds")}
    return {**market, "warm_up_days": options.pop("warm_up")}, Settings(**options)


def read(path: str) -> tuple[Study, str]:
    """A study's file and text; exits 2 with all that is wrong with it."""
    needs_lab()
    from connects.lab.studies.study import StudyProblems, read_study

    try:
        return read_study(Path(path))
    except StudyProblems as error:
        stop(str(error))


def study_of(tables: dict[str, Any], origin: str) -> Study:
    """A study that a command made; exits 2 with all that is wrong with it."""
    needs_lab()
    from pydantic import ValidationError

    from connects.lab.studies.study import Study
    from connects.policy.parse import problems_of

    try:
        return Study.model_validate(tables)
    except ValidationError as error:
        stop("\n".join(map(str, problems_of(error, origin, tables, "study"))))


def play(
    study: Study,
    settings: Settings,
    origin: str,
    folder: Path,
    text: str = "",
    swept: Swept | None = None,
) -> None:
    """Play what is missing of a study, then print and write what it found."""
    from connects.lab.studies.findings import found_of
    from connects.lab.studies.memory import TooLarge, check_memory
    from connects.lab.studies.planned import planned
    from connects.lab.studies.study import StudyProblems

    if settings.seeds is not None:
        study = study.model_copy(update={"seeds": settings.seeds})
    inputs = [origin, *read_by(study, folder)]
    check_report(settings.report, inputs)
    try:
        plan = planned(study, origin, folder, text)
        check_memory(plan, settings.processes)
    except (StudyProblems, TooLarge) as error:
        stop(str(error))
    label = ", ".join(
        f"{count} {what}{'s' if count > 1 else ''}"
        for count, what in ((len(plan.arms), "arm"), (study.seeds, "seed"))
    )
    played = player(settings, label)(plan.runs)
    _tell(found_of(plan, played, swept), settings, inputs)


def player(settings: Settings, label: str) -> Callable[[Sequence[Wanted]], list[Summary]]:
    """Plays runs that are not kept yet, and tells progress; where it has to stop, the command exits."""
    from connects.lab.studies.runs import RunsStopped, RunStore, all_played

    if not settings.runs:
        stop("--runs: expected the name of a folder that keeps finished runs")

    def played(runs: Sequence[Wanted]) -> list[Summary]:
        try:
            with click.progressbar(length=len(runs), label=label, file=sys.stderr) as bar:
                return all_played(
                    runs, RunStore(Path(settings.runs)), settings.processes, bar.update
                )
        except RunsStopped as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo(
                "\nStopped. What was played is kept: the same command goes on from there.", err=True
            )
            sys.exit(INTERRUPTED)

    return played


def read_by(study: Study, folder: Path) -> list[str]:
    """The files that a study names: no report may take their place."""
    mixed = (arm.mixed.policy for arm in study.arm if arm.mixed is not None)
    named = [study.population, *(arm.policy for arm in study.arm), *mixed]
    files = [folder / name for name in named if name is not None and "." in name]
    return [str(path) for file in files for path in (file, file.with_suffix(".csv"))]


def check_report(report: str | None, inputs: Sequence[str]) -> None:
    """Refuse a report that cannot be written before anything is played."""
    from connects.posts.output import OutputRefused, check_place

    if report is None:
        return
    try:
        check_place(report, inputs)
    except OutputRefused as error:
        stop(str(error))


def write_file(path: str, text: str, inputs: Sequence[str]) -> None:
    """Write it whole, and onto no file that is read, or exit 2 with why it cannot be."""
    from connects.posts.output import OutputRefused, write_whole

    try:
        write_whole(path, text, inputs)
    except OutputRefused as error:
        stop(str(error))


def _tell(found: Found, settings: Settings, inputs: Sequence[str]) -> None:
    from connects.studies.market.report import report
    from connects.studies.market.words import played, told, with_interval

    if settings.report is not None:
        write_file(settings.report, report(found), inputs)
    if settings.as_json:
        click.echo(json.dumps(found.model_dump(mode="json"), indent=2, allow_nan=False))
        return
    from connects.studies.market.measures import MEASURES

    click.echo(f"{found.title}\n{played(found)}")
    for arm in found.arms:
        click.echo(f"\n{arm.name}: {arm.rules}")
        for metric in found.metrics:
            words = with_interval(metric, arm.measures.get(metric))
            click.echo(f"  {MEASURES[metric].words:48} {words}")
        if arm.name != found.against:
            click.echo(f"  against {found.against}:")
            for sentence in told(found, arm):
                click.echo(f"    {sentence}")
    if settings.report is not None:
        click.echo(f"\n{settings.report}: the report, with plots, winners and losers")


def stop(words: str) -> NoReturn:
    """Say what is wrong with what was asked for, and exit 2."""
    click.echo(words, err=True)
    sys.exit(2)
