"""`connects run`: the marketplace on this machine, filled with a demo where it is empty."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

import click

from connects.cli.django_setup import make_tables, start_django

START_SECONDS_MOST = 30
STOP_SECONDS_MOST = 10


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--demo/--no-demo", default=True, help="fill an empty database with a demo")
def run(host: str, port: int, *, demo: bool) -> None:
    """Serve the marketplace, and run what is due, until Ctrl-C."""
    _require_free(host, port)
    start_django()
    make_tables()
    if demo:
        _fill_if_empty()
    # A supervisor's SIGTERM must stop the children just as Ctrl-C does.
    signal.signal(signal.SIGTERM, _interrupt)
    children = [_server(host, port), _worker()]
    try:
        _wait_until_it_answers(f"http://{host}:{port}/", children[0])
        _greet(f"http://{host}:{port}", demo=demo)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        click.echo("A part of the server ended by itself; stopping the rest.", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("\nStopping.")
    finally:
        _stop(children)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            click.echo(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                "Choose another one with --port.",
                err=True,
            )
            sys.exit(2)


def _fill_if_empty() -> None:
    from connects.bootstrap.clock import now
    from connects.lab import demo

    if not demo.is_empty():
        return
    click.echo("Playing ninety days of a demo marketplace …")
    with click.progressbar(length=100) as bar:
        shown = 0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            percent = 100 * done // total
            bar.update(percent - shown)
            shown = percent

        demo.fill(now(), progress=progress)
        bar.update(100 - shown)


def _server(host: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
    command += ["--port", str(port), "--workers", "1", "--log-level", "warning"]
    command += ["--blocking-threads", "8", "--backpressure", "64"]
    return _child([*command, "connects.project.wsgi:application"])


def _worker() -> subprocess.Popen[bytes]:
    return _child([sys.executable, "-m", "connects.cli", "worker"])


def _child(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of their own: Ctrl-C reaches this process alone, which then stops them in order.
    return subprocess.Popen(command, start_new_session=True, env=os.environ)  # noqa: S603 our own programs


def _wait_until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS_MOST
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return


def _greet(address: str, *, demo: bool) -> None:
    click.echo(f"\nConnects is at {address}")
    if demo:
        from connects.lab.demo import PASSWORD, SIGN_INS

        click.echo(f"\nSign in (password {PASSWORD}):")
        for sign_in in SIGN_INS:
            click.echo(f"  {sign_in.role:<11} {sign_in.email}")
    click.echo("\nCtrl-C stops it; the data stays. `make fresh` starts anew.")


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(STOP_SECONDS_MOST)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
