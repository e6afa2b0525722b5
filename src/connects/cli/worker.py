"""`connects worker`: run what is due, every few seconds."""

from __future__ import annotations

import click

from connects.cli.django_setup import start_django


@click.command()
def worker() -> None:
    """Run what is due until Ctrl-C."""
    start_django()
    from connects.due.worker import stop_on_signals, work

    work(stop_on_signals())
