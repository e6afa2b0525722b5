"""`connects scenario run`: play stories on a throw-away database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connects.cli.django_setup import make_tables, start_django

if TYPE_CHECKING:
    from connects.scenarios.play import Failure

IN_MEMORY = "sqlite://:memory:"


@click.group()
def scenario() -> None:
    """Play stories that test the rules."""


@scenario.command("run", short_help="Play stories from files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--database-url", default=IN_MEMORY, help="the server for the throw-away database")
@click.option("--json", "as_json", is_flag=True, help="print one JSON list instead of lines")
def run_scenarios(files: tuple[Path, ...], database_url: str, *, as_json: bool) -> None:
    """Play FILES; exit 0 if every story holds, 1 if one does not, 2 if a file cannot be read.

    A file that cannot be read does not stop the others.
    """
    start_django(database_url)
    results: list[_Result] = []
    with _throw_away_database():
        for file in files:
            results.append(_played(file))
            if not as_json:
                results[-1].tell()
    if as_json:
        click.echo(json.dumps([result.as_json() for result in results], indent=2))
    unread = sum(result.error != "" for result in results)
    if unread:
        click.echo(f"{unread} of {len(results)} files could not be read.", err=True)
    sys.exit(2 if unread else int(any(result.failures for result in results)))


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of one file: `error` says why it could not be read, "" where it could."""

    file: Path
    title: str = ""
    failures: tuple[Failure, ...] = ()
    error: str = ""

    def tell(self) -> None:
        if self.error:
            click.echo(self.error, err=True)
            return
        click.echo(f"{'FAILED' if self.failures else 'ok'}  {self.file}: {self.title}")
        for failure in self.failures:
            click.echo(f"    step {failure.step}")
            click.echo(f"        expected {_plain(failure.expected)}")
            click.echo(f"        got      {_plain(failure.got)}")

    def as_json(self) -> dict[str, object]:
        if self.error:
            return {"file": str(self.file), "ok": False, "failures": [], "error": self.error}
        failures = [
            {
                "step": failure.step,
                "expected": json.loads(json.dumps(failure.expected, default=str)),
                "got": json.loads(json.dumps(failure.got, default=str)),
            }
            for failure in self.failures
        ]
        return {"file": str(self.file), "ok": not failures, "failures": failures}


def _played(file: Path) -> _Result:
    from connects.scenarios.play import play
    from connects.scenarios.story import StoryUnreadableError, read_story

    try:
        story = read_story(file)
        return _Result(file, story.title, play(story))
    except StoryUnreadableError as error:
        return _Result(file, error=str(error))


@contextmanager
def _throw_away_database() -> Iterator[None]:
    """Tables in memory; on a server, in a database of their own that is dropped afterwards."""
    from django.db import connection

    if connection.vendor == "sqlite":
        make_tables()
        yield
        return
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)
