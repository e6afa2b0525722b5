"""`connects worker`: run what is due, every few seconds, or once."""

from __future__ import annotations

import signal
import sys
from datetime import datetime

import click

from connects.cli.django_setup import require_tables_that_fit, start_django
from connects.cli.processes import end_with_parent


@click.command()
@click.option("--once", is_flag=True, help="run what is due now, report, and exit")
@click.option(
    "--end-with", type=int, hidden=True, help="the process that this one must not outlive"
)
def worker(*, once: bool, end_with: int | None) -> None:
    """Run what is due until Ctrl-C."""
    if end_with is not None:
        end_with_parent(end_with, signal.SIGTERM)
    start_django()
    require_tables_that_fit()
    if once:
        _run_once()
        return
    from connects.due.events import events_passed_on
    from connects.due.worker import run_worker, stop_on_signals

    stop = stop_on_signals()
    with events_passed_on(stop):
        run_worker(stop)


def _run_once() -> None:
    from connects.bootstrap.clock import now
    from connects.due.daily import do_daily_work
    from connects.due.run import run
    from connects.installation.sqlite_files import checkpoint

    def say(turns: int, at: datetime) -> None:
        click.echo(f"batch {turns:,}: due at {at:%Y-%m-%d %H:%M:%S} UTC")

    turns = run(now(), progress=say)
    try:
        do_daily_work()
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    checkpoint()
    click.echo(f"Nothing more is due; {turns:,} batches were run.")
