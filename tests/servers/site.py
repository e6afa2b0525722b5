"""The site itself as operators run it: a server of its own process, on this machine's loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.conf import settings

START_SECONDS_MOST = 30


@contextmanager
def serving(database: str, **environment: str) -> Iterator[str]:
    """Serve the site from a database for the length of the block; the address where it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "8", "--backpressure", "64"]
    told = {"DATABASE_URL": database, "CONNECTS_VAR": str(settings.VAR), **environment}
    with subprocess.Popen(
        [*command, "--log-level", "warning", "connects.project.wsgi:application"],
        env={**os.environ, **told},
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_it_answers(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(START_SECONDS_MOST)


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS_MOST
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            httpx.get(f"{address}/api/v1/openapi.json", timeout=START_SECONDS_MOST)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server did not answer within {START_SECONDS_MOST} seconds")
