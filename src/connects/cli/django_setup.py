"""Starting Django for a command that needs the marketplace, on the database that it names."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn

import click
import django
from django.core.management import call_command

if TYPE_CHECKING:
    from connects.installation.tables import Tables


def start_django(database_url: str | None = None) -> None:
    """Load the settings; `database_url` takes the place of DATABASE_URL. Exits 2 on a wrong address."""
    if database_url is not None:
        os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    try:
        django.setup()
    except (ValueError, OSError) as error:  # OSError: the folder for data cannot be made or read
        click.echo(str(error), err=True)
        sys.exit(2)
    from connects.installation.sqlite_files import keep_private

    keep_private()


def on_database(command: Callable[..., None]) -> Callable[..., None]:
    """Run a command on the installation's database, at a sandbox's time where it is one.

    Exits 2 where the database has no tables or is not there.
    """

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        start_django()
        from django.db.utils import DatabaseError

        from connects.market.upkeep.sandbox import follow_clock

        follow_clock()
        try:
            command(*args, **kwargs)
        except DatabaseError as error:
            click.echo(
                f"The database cannot be read: {str(error).strip()}. Is it the one that you mean"
                " (DATABASE_URL), and has `connects run` set it up?",
                err=True,
            )
            sys.exit(2)

    return run


def make_tables() -> None:
    """Bring the tables up to date. Exits 2 where they do not fit this version, before it or after."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from connects.installation.manifest import unknown_migrations
    from connects.installation.tables import Tables

    if newer := unknown_migrations(MigrationRecorder(connection).applied_migrations()):
        _refuse(Tables(tuple(sorted(newer)), (), ()))
    call_command("migrate", interactive=False, verbosity=0)
    if "memory" not in str(connection.settings_dict["NAME"]):  # which is new, and gone at the end
        require_tables_that_fit()


def require_tables_that_fit() -> None:
    """Exit 2, with words and a pointer to `connects doctor`, where the tables are not this version's.

    A database that is away is no matter of its tables: the command waits for it, or says so.
    """
    from django.db import OperationalError

    from connects.installation.tables import tables

    try:
        found = tables()
    except OperationalError:
        return
    if not found.fit:
        _refuse(found)


def _refuse(found: Tables) -> NoReturn:
    from connects.installation.doctor import table_findings

    misfit = "The database does not fit this version of Connects:"
    click.echo("There is no marketplace here yet:" if found.new else misfit, err=True)
    for finding in list(table_findings(found))[:3]:
        click.echo(f"- {finding.found}. {finding.advice}", err=True)
    click.echo("Nothing was started. `connects doctor` says all that is wrong.", err=True)
    sys.exit(2)
