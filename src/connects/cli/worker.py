"""`connects worker`: run what is due, every few seconds, or once."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from connects.cli.django_setup import start_django


@click.command()
@click.option("--once", is_flag=True, help="run what is due now, say how far it has got, and end")
def worker(*, once: bool) -> None:
    """Run what is due until Ctrl-C."""
    start_django()
    if once:
        _run_once()
        return
    from connects.due.worker import stop_on_signals, work

    work(stop_on_signals())


def _run_once() -> None:
    from connects.bootstrap.clock import now
    from connects.due.daily import do_daily_work
    from connects.due.run import run

    def say(turns: int, at: datetime) -> None:
        click.echo(f"batch {turns:,}: due at {at:%Y-%m-%d %H:%M:%S} UTC")

    turns = run(now(), progress=say)
    try:
        do_daily_work()
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(f"Nothing more is due; {turns:,} batches were run.")
