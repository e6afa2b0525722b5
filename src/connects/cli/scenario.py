"""`connects scenario run`: play stories on a throw-away database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


@scenario.command("run")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--database-url", default=IN_MEMORY, help="a server for the throw-away database")
@click.option("--json", "as_json", is_flag=True, help="print one JSON list instead of lines")
def run_scenarios(files: tuple[Path, ...], database_url: str, *, as_json: bool) -> None:
    """Play FILES; exit 0 if all held, 1 if something did not, 2 if a file cannot be read."""
    start_django(database_url)
    from connects.scenarios.play import play
    from connects.scenarios.story import StoryUnreadableError, read_story

    results: list[tuple[Path, tuple[Failure, ...]]] = []
    try:
        stories = [(file, read_story(file)) for file in files]
        with _throw_away_database():
            for file, story in stories:
                failures = play(story)
                results.append((file, failures))
                if not as_json:
                    _print_result(file, story.title, failures)
    except StoryUnreadableError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps([_as_json(file, failures) for file, failures in results], indent=2))
    sys.exit(1 if any(failures for _, failures in results) else 0)


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


def _print_result(file: Path, title: str, failures: tuple[Failure, ...]) -> None:
    click.echo(f"{'FAILED' if failures else 'ok'}  {file}: {title}")
    for failure in failures:
        click.echo(f"    step {failure.step}")
        click.echo(f"        expected {_plain(failure.expected)}")
        click.echo(f"        got      {_plain(failure.got)}")


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _as_json(file: Path, failures: tuple[Failure, ...]) -> dict[str, object]:
    return {
        "file": str(file),
        "ok": not failures,
        "failures": [
            {
                "step": failure.step,
                "expected": json.loads(json.dumps(failure.expected, default=str)),
                "got": json.loads(json.dumps(failure.got, default=str)),
            }
            for failure in failures
        ],
    }
