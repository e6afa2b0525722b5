"""`connects run`: the whole site on this machine, filled with a demo where it is empty and not real."""

from __future__ import annotations

import os
import signal
import sys
import time
import urllib.request
from http.client import HTTPException
from types import FrameType

import click

from connects.cli.commands.sandbox import see_to_sandbox, settle_for_sandbox
from connects.cli.commands.web import listen, listening_options, require_free
from connects.cli.django_setup import make_tables, start_django
from connects.cli.processes import Part, keep_running, stop

START_SECONDS_MOST = 30


@click.command()
@listening_options
@click.option(
    "--demo/--no-demo",
    default=None,
    help="fill an empty database with a demo; by default only where nobody else can reach the site",
)
@click.option(
    "--sandbox",
    is_flag=True,
    help="to try things out: test keys, and a clock that your program moves",
)
def run(host: str | None, port: int | None, *, demo: bool | None, sandbox: bool) -> None:
    """Serve the marketplace, and run what is due, until Ctrl-C."""
    if sandbox:
        settle_for_sandbox(os.environ)
    host, port = listen(host, port)
    require_free(host, port)
    start_django()
    make_tables()
    see_to_sandbox(wanted=sandbox)
    _see_to_demo(bool(demo) if sandbox else demo)
    # A supervisor's SIGTERM must stop the parts just as Ctrl-C does.
    signal.signal(signal.SIGTERM, _interrupt)
    parts = _parts()
    try:
        for part in parts:
            part.start()
        _wait_until_it_answers(host, port, parts[0])
        _greet()
        keep_running(parts)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("\nStopping.")
    finally:
        stop(parts)


def _parts() -> list[Part]:
    connects = [sys.executable, "-m", "connects.cli"]
    return [
        Part("web server", [*connects, "web", "--no-migrate"]),
        Part("worker", [*connects, "worker"]),
    ]


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _see_to_demo(demo: bool | None) -> None:
    """Fill an empty database, unless it is a real one: the demo's passwords are public."""
    from django.conf import settings

    from connects.demo import ninety_days as played

    wanted = not settings.IN_PRODUCTION if demo is None else demo
    if played.is_empty():
        if wanted:
            click.echo("Playing ninety days of a demo marketplace …")
            _fill()
        elif demo is None:
            click.echo("This is a site in production, so it begins empty, without the demo.")


def _fill() -> None:
    from connects.bootstrap.clock import now
    from connects.demo import ninety_days

    with click.progressbar(length=100) as bar:
        shown = 0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            percent = 100 * done // total
            bar.update(percent - shown)
            shown = percent

        ninety_days.fill(now(), progress=progress)
        bar.update(100 - shown)


def _wait_until_it_answers(host: str, port: int, server: Part) -> None:
    where = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 asked, not bound
    address = (
        f"http://[{where}]:{port}/healthz" if ":" in where else f"http://{where}:{port}/healthz"
    )
    deadline = time.monotonic() + START_SECONDS_MOST
    while time.monotonic() < deadline and server.is_up:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 our own address
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return


def _greet() -> None:
    from django.conf import settings

    from connects.demo import ninety_days

    click.echo(f"\nConnects is at {settings.ADDRESS}")
    if here := ninety_days.sign_ins():
        click.echo(f"\nSign in (password {ninety_days.PASSWORD}):")
        for sign_in in here:
            click.echo(f"  {sign_in.role:<11} {sign_in.email}")
    click.echo("\nCtrl-C stops it; the data stays. `make fresh` starts over.")
