"""`connects lab replay`: what is recorded, under another rule book."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connects.cli.arguments import lab
from connects.cli.arguments.rule_book import rule_book
from connects.cli.django_setup import require_tables_that_fit, start_django
from connects.cli.laboratory import needs_lab

if TYPE_CHECKING:
    from connects.lab.replay.reading.columns import Source

NOT_REPRODUCED, UNUSABLE = 1, 2


@dataclass(frozen=True, slots=True)
class Answers:
    """Where what was read and found goes."""

    saved: Path | None
    accounts: bool
    as_json: bool
    report: str | None


@click.command()
@click.option("--policy", "name", required=True, help="the rule book to try: a name or a file")
@click.option("--database", is_flag=True, help="read the marketplace's database (the default)")
@click.option(
    "--csv",
    "--files",
    "folder",
    type=click.Path(path_type=Path),
    help="read a folder of CSV or JSONL files instead",
)
@click.option(
    "--days", type=click.IntRange(1, 36_500), help="count only the newest days, this many"
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="the seed that decides who reacts how"
)
@click.option(
    "--save",
    "saved",
    type=click.Path(path_type=Path),
    help="write what was read to a new folder, for --csv",
)
@click.option("--accounts", is_flag=True, help="include what each account's proposals cost (JSON)")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object instead of tables")
@click.option(
    "--report", "--html", "report", help="write the report with plots to this HTML file, too"
)
def replay(
    *,
    name: str,
    database: bool,
    folder: Path | None,
    days: int | None,
    seed: int,
    **output: Any,
) -> None:
    """Replay all that is recorded under another rule book, with exact wallets.

    First everything is played as it was; wallets that do not come out as recorded are named, with exit 1.
    Two readings follow. Mechanical: everyone does what they did, as far as their Connects go.
    Behavioural: people propose more or less as prices fall or rise, and buy what they lack. Nothing is
    written to the database. Exit 2: the rule book or the history cannot be replayed.
    """
    answers = Answers(**output)
    needs_lab()
    if database and folder is not None:
        raise click.UsageError("Either --database or --csv.")
    start_django()
    from connects.lab.replay.reading.files import write
    from connects.lab.replay.readings import as_json as told_as_json
    from connects.lab.replay.readings import costs
    from connects.lab.replay.run import Wanted, require_meant
    from connects.lab.replay.run import replay as replayed_from
    from connects.studies.market import replay_page

    read = [name, *(str(path) for path in files_of(folder))]
    lab.check_report(answers.report, read)
    wanted = Wanted(rule_book(name), days, seed)
    with problems_in_words(), source_of(folder) as source:
        require_meant(wanted)  # before anything is read or saved
        if answers.saved is not None:
            write(source, answers.saved)
        replayed = replayed_from(source, wanted, progress)
    told = told_as_json(replayed)
    if answers.report is not None:
        lab.write_file(answers.report, replay_page.report(told), read)
    if answers.accounts:
        told["accounts"] = costs(replayed)
    click.echo(json.dumps(told, indent=2) if answers.as_json else _tables(told))


def files_of(folder: Path | None) -> list[Path]:
    """The files of a folder that is read."""
    return [] if folder is None or not folder.is_dir() else list(folder.iterdir())


@contextmanager
def source_of(folder: Path | None) -> Iterator[Source]:
    """The files, or the database as it is now."""
    from connects.lab.replay.reading.database import database
    from connects.lab.replay.reading.files import Files

    if folder is not None:
        yield Files(folder)
    else:
        require_tables_that_fit()
        with database() as source:
            yield source


@contextmanager
def problems_in_words() -> Iterator[None]:
    """Exit with words where nothing can be replayed, or not enough memory is there."""
    from connects.lab.kernel.clauses import NotSimulated
    from connects.lab.replay.reading.columns import Unusable
    from connects.lab.replay.run import NotReproduced

    try:
        yield
    except NotReproduced as error:
        click.echo(str(error), err=True)
        sys.exit(NOT_REPRODUCED)
    except (Unusable, NotSimulated) as error:
        click.echo(str(error), err=True)
        sys.exit(UNUSABLE)
    except MemoryError:
        click.echo("There is not enough memory. Nothing was written.", err=True)
        sys.exit(UNUSABLE)


def progress(told: str, percent: int) -> None:
    """Say how far it is, on the error stream."""
    click.echo(f"{percent:3} %  {told}", err=True)


def _tables(told: dict[str, Any]) -> str:
    from connects.studies.market.replay_page import PLACES

    known = told["reproduced"]
    until = datetime.fromisoformat(told["until"])
    place = PLACES[told["source"]]
    lines = [
        f"What is recorded {place} until {until:%-d %B %Y, %H:%M} UTC, under {told['policy']}.",
        f"{known['wallets']:,} balances and {known['lines']:,} lines: all are reproduced.",
        "",
        *_readings(told["readings"], told["currency"]),
    ]
    for segment, groups in told["by"].items():
        tenths = " (the first spent least)" if segment == "decile" else ""
        head = f"Connects paid, by {segment}{tenths}"
        lines += ["", f"{head:42}{'accounts':>10}{'recorded':>12}{'mechanical':>12}{'refused':>10}"]
        lines += [
            f"{group['name']:42}{group['accounts']:>10,}{group['recorded']['paid']:>12,}"
            f"{group['mechanical']['paid']:>12,}{group['mechanical']['refused']:>10,}"
            for group in groups
        ]
    return "\n".join(lines)


def _readings(readings: dict[str, dict[str, int]], currency: str) -> Iterator[str]:
    """The three readings side by side, in the report's words."""
    from connects.studies.market.replay_page import MEASURES, written

    names = ("recorded", "mechanical", "behavioural")
    yield f"{'':42}" + "".join(f"{name:>18}" for name in names)
    for name, words in MEASURES.items():
        sums = [readings[each][name] for each in names]
        if any(sums):
            yield f"{words:42}" + "".join(f"{written(name, each, currency):>18}" for each in sums)
