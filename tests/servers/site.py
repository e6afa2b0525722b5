"""The site itself as operators run it: processes of its own, on this machine's loopback."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings

START_SECONDS_MOST = 90
WAIT_SECONDS_MOST = 60


@dataclass(frozen=True, slots=True)
class Site:
    """A site that runs: where it answers, its first process, and all that it has said."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def children(self) -> list[int]:
        """The processes that its first one has started, and those that they have."""
        return descendants(self.process.pid)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    *command: str, environment: Mapping[str, str], port: int | None = None
) -> Iterator[Site]:
    """Run `connects COMMAND` for the length of the block, and wait until it answers."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with (
            log.open("wb") as sink,
            subprocess.Popen(
                [sys.executable, "-m", "connects.cli", *command, "--port", str(port)],
                env={**os.environ, **environment},
                stdout=sink,
                stderr=subprocess.STDOUT,
            ) as process,
        ):
            site = Site(address, process, log)
            try:
                wait_until_it_answers(address, process)
                yield site
            finally:
                process.terminate()
                process.wait(START_SECONDS_MOST)
                print(log.read_text())  # pytest shows it where the test fails


@contextmanager
def serving(database: str, **environment: str) -> Iterator[str]:
    """Serve the pages and the API from a database that is set up; the address where they answer."""
    told = {"DATABASE_URL": database, "CONNECTS_VAR": str(settings.VAR), **environment}
    with started("web", "--no-migrate", environment=told) as site:
        yield site.address


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS_MOST
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            httpx.get(f"{address}/healthz", timeout=START_SECONDS_MOST)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server did not answer within {START_SECONDS_MOST} seconds")


def until(holds: Callable[[], bool]) -> None:
    """Wait until that holds, and fail where it does not come to hold."""
    deadline = time.monotonic() + WAIT_SECONDS_MOST
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(0.05)


def descendants(process: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, file.read_text().split()):
            found += [child, *descendants(child)]
    return found


def is_up(process: int) -> bool:
    """Whether it runs; one that has ended and waits to be asked for its status does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def kill(process: int) -> None:
    """End a process as a power cut would."""
    os.kill(process, signal.SIGKILL)
