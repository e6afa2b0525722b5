"""`connects lab job`: what the worker starts to work on what the console asked of the laboratory."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from connects.cli.commands.lab import replay_process
from connects.cli.commands.lab.own_people import SHIPPED, People, forget, own_people
from connects.cli.django_setup import start_django
from connects.cli.laboratory import missing_packages

if TYPE_CHECKING:
    from connects.market.rollout.models import LabJob

FREELANCERS, DAYS, WARM_UP = 3000, 150, 30
NOTE_SECONDS = 2.0
GENTLE = 10
"""How much it stands back for the site beside it."""


class JobFailed(ValueError):
    """Why nothing came out, in words for who asked."""


@click.command("job", hidden=True)
@click.argument("public_id")
def job(public_id: str) -> None:
    """Do what the console has asked for, and record the result."""
    start_django()
    from connects.acts.rules.run_lab_jobs import fail, finish
    from connects.market.rollout.lab_jobs import running_lab_job

    row = running_lab_job(public_id)
    if row is None:
        click.echo(f"There is no job {public_id[:40]!r} to work on.", err=True)
        sys.exit(2)
    try:
        findings = _worked_on(row)
    except JobFailed as error:
        fail(row, str(error))
        click.echo(str(error), err=True)
        sys.exit(1)
    except Exception:
        fail(row, "The laboratory stopped, and it was our fault. Its log says more.")
        raise
    finish(row, findings)


def _worked_on(row: LabJob) -> dict[str, Any]:
    if missing := missing_packages():
        raise JobFailed(
            f"The worker lacks {', '.join(missing)}: install the extra `lab` there, by"
            " `pip install 'connects[lab]'`."
        )
    os.nice(GENTLE)
    return KINDS[row.kind](row)


def study(row: LabJob) -> dict[str, Any]:
    """The rules as they are beside the new ones, on one market."""
    from connects.lab.studies.findings import found_of
    from connects.lab.studies.memory import TooLarge, check_memory
    from connects.lab.studies.planned import planned
    from connects.lab.studies.runs import RunsStopped, RunStore, all_played
    from connects.lab.studies.study import StudyProblems

    own = Path(_runs_folder(), f"people-{row.public_id}.toml")
    people = _people_of(row, own)
    try:
        with TemporaryDirectory() as folder:
            study_of_it = _study_of(row, Path(folder), people.name)
            plan = planned(study_of_it, "the rollout", Path(folder))
            check_memory(plan, 1)
            runs = plan.runs
            played = all_played(runs, RunStore(_runs_folder()), 1, _progress(row, len(runs)))
    except StudyProblems as error:
        raise JobFailed(" ".join(each.found for each in error.problems)) from error
    except (TooLarge, RunsStopped) as error:
        raise JobFailed(str(error)) from error
    found = found_of(plan, played)
    forget(own)
    if people.instead:
        who = (
            f"{found.population}, since none could be drawn from our own records ({people.instead})"
        )
        found = found.model_copy(update={"population": who})
    return found.model_dump(mode="json")


def _people_of(row: LabJob, own: Path) -> People:
    from connects.bootstrap.clock import now
    from connects.market.rollout.models import LabPeople

    return People(SHIPPED) if row.people == LabPeople.SHIPPED else own_people(own, now())


def _study_of(row: LabJob, folder: Path, population: str) -> Any:
    """The study, with its rule books written beside it."""
    from connects.acts.rules.ask_lab import STUDY_SEEDS
    from connects.lab.studies.study import Study

    editions = (row.rollout.before, row.rollout.after)
    arms = []
    for file, edition in zip(("before.toml", "after.toml"), editions, strict=True):
        (folder / file).write_text(edition.text, encoding="utf-8")
        arms.append({"name": f"{edition.name}@{edition.version}"[-60:], "policy": file})
    return Study.model_validate(
        {
            "title": f"{arms[0]['name']} → {arms[1]['name']}"[:120],
            "population": population,
            "freelancers": FREELANCERS,
            "days": DAYS,
            "warm_up_days": WARM_UP,
            "seeds": STUDY_SEEDS,
            "arm": arms,
        }
    )


def _runs_folder() -> Path:
    from django.conf import settings

    return Path(settings.VAR, "lab-runs")


def _progress(row: LabJob, whole: int) -> Callable[[int], None]:
    """Notes how far it is, not more often than every few seconds."""
    done, noted = 0, -NOTE_SECONDS

    def told(count: int) -> None:
        nonlocal done, noted
        done += count
        if monotonic() - noted >= NOTE_SECONDS:
            noted = monotonic()
            _note(row, done, whole)

    return told


def _note(row: LabJob, finished: int, whole: int) -> None:
    from connects.acts.rules.run_lab_jobs import note_progress
    from connects.bootstrap.clock import now

    note_progress(row, finished, whole, now())


def replay(row: LabJob) -> dict[str, Any]:
    """What the proposals of the last ninety days would have cost under the new rules."""
    from connects.bootstrap.clock import now
    from connects.market.rollout.replay_sums import findings_of
    from connects.market.rollout.replays import WINDOW_DAYS, Cost

    edition = row.rollout.after
    with TemporaryDirectory() as folder:
        book = Path(folder, f"{edition.name}.toml")
        book.write_text(edition.text, encoding="utf-8")
        asked = ["--policy", str(book), "--days", str(WINDOW_DAYS), "--accounts", "--json"]
        ran = replay_process.run_replay(asked, lambda percent: _note(row, percent, 100))
    if ran.code:
        raise JobFailed(ran.problem.strip() or "The replay stopped.")
    told = json.loads(ran.told)["accounts"]
    costs = {int(account): Cost(**cost) for account, cost in told.items()}
    return findings_of(row.rollout, costs, now())


KINDS: dict[str, Callable[[LabJob], dict[str, Any]]] = {"study": study, "replay": replay}
