"""`connects web`: the pages and the API, without the worker."""

from __future__ import annotations

import errno
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import click

from connects.cli.django_setup import make_tables, start_django
from connects.cli.processes import end_with_parent

SERVER_THREADS = 512
"""They only read and send; few others work (`project/work_threads.py`)."""
CONNECTIONS_MOST = 2_000
"""Connections are apart from work: who is slow to ask holds a socket, and none of the threads."""
HEADER_MILLISECONDS_MOST = 10_000
PORT_SECONDS_MOST = 10

Application = Callable[..., Any]


def listening_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options `--host` and `--port`; `listen` hears them."""
    port = click.option("--port", type=click.IntRange(1, 65535), help="the port  [default: 8000]")
    return click.option("--host", help="the address to listen on  [default: 127.0.0.1]")(
        port(command)
    )


def listen(host: str | None, port: int | None) -> tuple[str, int]:
    """Where to listen: the options, or CONNECTS_LISTEN. All that is started hears of it, too."""
    from connects.bootstrap.own_address import listen_address

    try:
        set_host, set_port = listen_address(os.environ)
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    host, port = host or set_host, port or set_port
    os.environ["CONNECTS_LISTEN"] = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return host, port


def require_free(host: str, port: int) -> None:
    """End with words where the port is taken. A server that was killed may need a moment to let go."""
    deadline = time.monotonic() + PORT_SECONDS_MOST
    while (problem := _problem_of(host, port)) is not None:
        if time.monotonic() > deadline or problem.errno != errno.EADDRINUSE:
            click.echo(
                f"Port {port} on {host} cannot be used ({problem.strerror}). "
                "Choose another one with --port.",
                err=True,
            )
            sys.exit(2)
        time.sleep(0.2)


def _problem_of(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


@click.command()
@listening_options
@click.option(
    "--migrate/--no-migrate", default=True, help="whether to bring the tables up to date first"
)
@click.option(
    "--end-with", type=int, hidden=True, help="the process that this one must not outlive"
)
def web(host: str | None, port: int | None, *, migrate: bool, end_with: int | None) -> None:
    """Serve the pages and the API until Ctrl-C."""
    if end_with is not None:
        end_with_parent(end_with, signal.SIGTERM)
    host, port = listen(host, port)
    require_free(host, port)
    start_django()
    if migrate:
        make_tables()
    serve(host, port)


SITE = "connects.project.wsgi:served"


def serve(host: str, port: int, application: str = SITE) -> None:
    """Serve in processes of Granian's own, which end with this one."""
    from django.db import connections
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    connections.close_all()  # a forked process must not use them
    _allow_open_files()
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=SERVER_THREADS,
        backlog=CONNECTIONS_MOST,
        backpressure=CONNECTIONS_MOST,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS_MOST),
        log_level=LogLevels.error,  # its warnings are about the number of threads
        log_dictconfig=_logging(),
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
    )
    server.serve(target_loader=partial(load_application, os.getpid()))


def _logging() -> dict[str, Any]:
    """The site's way of logging, for the server's own lines."""
    from connects.bootstrap.logs import logging_settings

    settings = logging_settings(os.environ)
    settings["loggers"] = {"_granian": {"level": "ERROR"}}
    return settings


def load_application(parent: int, target: str) -> Application:
    """The application, in a process that ends with the server's main one."""
    from connects.cli.direct_replies import reply_directly

    end_with_parent(parent, signal.SIGKILL)
    module, _, name = target.partition(":")
    application: Application = getattr(import_module(module), name)
    reply_directly()
    return application


def _allow_open_files() -> None:
    """Let there be more open sockets than the usual 1,024 files, as far as this user may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS_MOST
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
