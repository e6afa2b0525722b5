"""What breaks, and how: each breaker strikes at random moments while the posters are at work."""

import os
import random
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Protocol

import psycopg

from tests.faults.poster import FULL
from tests.servers.postgres import Cluster, try_port

SERVER_FILE_BYTES_MAX = 1 << 20
"""A full disk is simulated by a limit on the size of files. Most limits stop the write-ahead log, too."""

RECOVERY_SECONDS_MAX = 60
ANSWER_SECONDS_MAX = 10


class Site(Protocol):
    """What a breaker can reach."""

    chance: random.Random
    folder: Path
    wallets: range

    def poster_processes(self) -> Sequence[int]: ...

    def restart_poster(self, process: int) -> None: ...


class Breaker(Protocol):
    """Strikes once, and leaves the site able to recover.

    `options` are for the posters' connections; `is_felt` says whether posters must see errors of it.
    """

    name: str
    options: str
    is_felt: bool

    def strike(self, site: Site) -> None: ...


class KillPoster:
    name, options, is_felt = "a process killed", "", False

    def strike(self, site: Site) -> None:
        process = site.chance.choice(site.poster_processes())
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        site.restart_poster(process)


class ClocksDiffer:
    """Nothing to be done: the posters' own clocks differ, and go back by up to six weeks."""

    name, options, is_felt = "clocks going back", "", False

    def strike(self, site: Site) -> None:
        pass


class FullDisk:
    """The server can write no file beyond a size, as if there were no room for more of it."""

    name, options, is_felt = "disk full", "", True

    def __init__(self, cluster: Cluster, url: str) -> None:
        self.cluster, self.url = cluster, url

    def strike(self, site: Site) -> None:
        self._limit(str(site.chance.randint(10_000, SERVER_FILE_BYTES_MAX)))
        threading.Event().wait(site.chance.uniform(0.1, 0.4))
        self._limit("unlimited")
        revive(self.cluster)
        if not answers(self.url):
            # What an operator does whose server hangs after that.
            KillServer(self.cluster).strike(site)

    def _limit(self, size: str) -> None:
        # A program, since only the server's own user may limit it; a process may be gone by then.
        for process in server_processes(self.cluster):
            limit = ["prlimit", f"--fsize={size}:", f"--pid={process}"]
            user, group = self.cluster.user, self.cluster.group
            others: list[int] | None = None if user is None else []
            subprocess.run(
                limit,
                check=False,
                stderr=subprocess.DEVNULL,
                user=user,
                group=group,
                extra_groups=others,
            )


class FullDiskUnderPosters:
    """The same for posters that write their database themselves; each limits itself while it posts."""

    name, options, is_felt = "disk full", "", True

    def strike(self, site: Site) -> None:
        sign = site.folder / FULL
        sign.write_text(str(site.chance.randint(10_000, 3_000_000)))
        threading.Event().wait(site.chance.uniform(0.1, 0.4))
        sign.unlink()


class KillServer:
    name, options, is_felt = "PostgreSQL killed", "", True

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    def strike(self, site: Site) -> None:  # noqa: ARG002 it knows its server
        processes = list(server_processes(self.cluster))
        os.kill(processes[0], signal.SIGKILL)
        # Its children go by themselves; until then nobody else may touch their memory.
        until(lambda: not any(map(is_alive, processes)))
        revive(self.cluster)


class HeldLocks:
    """Someone holds a wallet's lock longer than the posters wait."""

    name, options, is_felt = "lock time-outs", "-c lock_timeout=15", True

    def __init__(self, url: str) -> None:
        self.url = url

    def strike(self, site: Site) -> None:
        with psycopg.connect(self.url) as other:
            other.execute(
                "SELECT 1 FROM journal_wallet WHERE id = %s FOR UPDATE",
                [site.chance.choice(site.wallets)],
            )
            threading.Event().wait(0.06)


class LocksInAnotherOrder:
    """Someone locks wallets from the last to the first, and so waits for posters in a circle."""

    name, options, is_felt = "deadlocks", "-c deadlock_timeout=10", True

    def __init__(self, url: str) -> None:
        self.url = url

    def strike(self, site: Site) -> None:
        with (
            suppress(psycopg.errors.DeadlockDetected),
            psycopg.connect(self.url, options="-c deadlock_timeout=1000") as other,
        ):
            for wallet in reversed(site.wallets):
                other.execute("SELECT 1 FROM journal_wallet WHERE id = %s FOR UPDATE", [wallet])
                threading.Event().wait(0.01)


class Serialisable:
    """Nothing to be done: serialisable transactions fail wherever two meet."""

    name, is_felt = "serialisation failures", True
    options = "-c default_transaction_isolation=serializable"

    def strike(self, site: Site) -> None:
        pass


def postmaster(cluster: Cluster) -> int:
    """The server's process. Raises FileNotFoundError where none is up."""
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def server_processes(cluster: Cluster) -> Iterator[int]:
    """The server's process and its children."""
    with suppress(FileNotFoundError):
        first = postmaster(cluster)
        yield first
        for children in Path(f"/proc/{first}/task/{first}").glob("children"):
            yield from map(int, children.read_text().split())


def is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and waits to be asked for its status does not."""
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


def revive(cluster: Cluster) -> None:
    """Start the server again on its port, if it is down."""
    with suppress(FileNotFoundError):
        if is_alive(postmaster(cluster)):
            return
        (cluster.data / "postmaster.pid").unlink()
    port = int((cluster.folder / "port").read_text())
    until(lambda: try_port(cluster, port))


def answers(url: str) -> bool:
    """Whether the server comes to accept connections."""
    end = monotonic() + ANSWER_SECONDS_MAX
    while monotonic() < end:
        with suppress(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2).close()
            return True
        threading.Event().wait(0.05)
    return False


def until(holds: Callable[[], bool]) -> None:
    """Wait until that holds. Raises TimeoutError where it does not come to hold."""
    end, pause = monotonic() + RECOVERY_SECONDS_MAX, threading.Event()
    while not holds():
        if monotonic() > end:
            raise TimeoutError("PostgreSQL did not go down, or did not come up again")
        pause.wait(0.05)
