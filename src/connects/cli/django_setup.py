"""Starting Django for a command that needs the marketplace, on the database that it names."""

from __future__ import annotations

import os
import sys

import click
import django
from django.core.management import call_command


def start_django(database_url: str | None = None) -> None:
    """Load the settings; `database_url` takes the place of DATABASE_URL. Exits 2 on a wrong address."""
    if database_url is not None:
        os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    try:
        django.setup()
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def make_tables() -> None:
    """Bring the database's tables up to date."""
    call_command("migrate", interactive=False, verbosity=0)
