"""Breaks what can break while many post, and checks that nothing is lost, doubled or half done.

    python -m tests.faults.soak --seconds 600 --seed 7
    python -m tests.faults.soak --database sqlite --fault "disk full"

Each fault has its time. Posters, processes of their own and threads that share batches by group commit,
send commands to a few wallets, all at once, and write down what they asked and heard; the breaker
strikes at random moments. Then peace is
made, everything that was posted is sent once more, and four things must hold: what is sent again is
answered as before; the journal proves (auditor, replay, chain of hashes); what every caller saw has one
order that explains it (`tests.faults.history`); and the fault did happen. A server of its own is
started for it, and nothing else is touched.
"""

import argparse
import random
import secrets
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

from tests.faults.breakers import (
    Breaker,
    ClocksDiffer,
    FullDisk,
    FullDiskUnderPosters,
    HeldLocks,
    KillPoster,
    KillServer,
    LocksInAnotherOrder,
    Serialisable,
    Site,
)
from tests.faults.history import not_answered_as_before, operations, read, unexplained
from tests.faults.poster import STOP, Poster, use, work
from tests.faults.proxy import CuttingProxy
from tests.faults.sharing_posters import work_together
from tests.servers.migrated import create_migrated_database, put_migrated
from tests.servers.postgres import Cluster, start, stop, temporary_cluster

POSTERS = 3
SHARING = "poster-sharing"
WALLETS = 6
MORE_SECONDS_MAX = 20
# Small files of the log, so that a full disk can stop the tables before it; and shared memory that is
# no file, since the limit on files that stands for a full disk would reach it.
INITDB = ("--wal-segsize=1", "--set=dynamic_shared_memory_type=sysv")

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.django_ready"])


class CutCommits:
    """The connection is lost in the middle of a commit; see `tests.faults.proxy`."""

    name, options, is_felt = "connections cut amid a commit", "", True

    def __init__(self, proxy: CuttingProxy) -> None:
        self.proxy = proxy

    def strike(self, site: Site) -> None:  # noqa: ARG002 it knows its proxy
        self.proxy.cuts = True


@dataclass
class Trial:
    """One fault, its posters, and what became of it."""

    breaker: Breaker
    url: str
    folder: Path
    seed: int
    wallets: range
    seconds: float
    posters: dict[int, BaseProcess] = field(default_factory=dict)
    strikes: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.seed} {self.breaker.name}")

    def poster_processes(self) -> Sequence[int]:
        return tuple(self.posters)

    def restart_poster(self, process: int) -> None:
        killed = self.posters.pop(process)
        killed.join()
        self.start_poster(killed.name)

    def start_poster(self, name: str) -> None:
        options = f"?options={self.breaker.options}" if self.breaker.options else ""
        url = self.url + options.replace(" ", "%20")
        asked = (url, self.folder / name, name, self.seed, self.wallets)
        do = work_together if name == SHARING else work
        process = FORKS.Process(target=do, args=asked, name=name)
        process.start()
        assert process.pid is not None
        self.posters[process.pid] = process

    def run(self) -> list[str]:
        """Let it break, make peace, send all again; what does not hold, as sentences."""
        end = monotonic() + self.seconds
        for number in range(POSTERS):
            self.start_poster(f"poster-{number}")
        self.start_poster(SHARING)
        while monotonic() < end or not self._is_felt(end):
            threading.Event().wait(self.chance.uniform(0.05, 0.4))
            self.breaker.strike(self)
            self.strikes += 1
        (self.folder / STOP).touch()
        broken = self._ended()
        use(self.url)  # the connection may have been broken, too
        for file in self.histories():
            Poster(file, file.name, self.seed, self.wallets).run_again()
        unfelt = [] if self._is_felt(monotonic()) else ["nobody noticed anything of the fault"]
        return [*broken, *unfelt, *self.check()]

    def _is_felt(self, end: float) -> bool:
        """Whether the posters have seen errors, where they must: more time is given for it."""
        errors = sum(read(file).errors.total() for file in self.histories())
        return not self.breaker.is_felt or errors > 0 or monotonic() > end + MORE_SECONDS_MAX

    def _ended(self) -> list[str]:
        """Wait for all posters; those that gave up."""
        for process in self.posters.values():
            process.join()
        return [
            f"{p.name} gave up: status {p.exitcode}" for p in self.posters.values() if p.exitcode
        ]

    def end_posters(self) -> None:
        for process in self.posters.values():
            process.kill()
            process.join()

    def histories(self) -> list[Path]:
        return sorted(self.folder.glob("poster-*"))

    def check(self) -> Iterator[str]:
        """See the top of this file."""
        from connects.bootstrap.journals import journal
        from connects.journal.proof.verify import verify_wallets

        found = [read(file) for file in self.histories()]
        yield from not_answered_as_before(found)
        called = operations(found)
        stored = journal().store.read(list(self.wallets))
        for proof in verify_wallets(journal(), list(stored.values()), {}):
            yield from (f"wallet {proof.wallet}: {breach}" for breach in proof.breaches)
            records = list(journal().records(proof.wallet))
            for problem in unexplained(records, called[proof.wallet]):
                yield f"wallet {proof.wallet}: {problem}"

    def summary(self) -> str:
        histories = [read(file) for file in self.histories()]
        calls = [call for history in histories for call in history.calls]
        errors = sum((history.errors for history in histories), Counter[str]())
        told = ", ".join(f"{name} ({number:,})" for name, number in errors.most_common(4)) or "none"
        posted = sum(answer.line is not None for call in calls for answer in call.answers or ())
        return (
            f"{self.breaker.name}: {self.strikes:,} strikes, {len(calls):,} calls, "
            f"{posted:,} commands posted, errors that callers saw: {told}"
        )


@contextmanager
def postgres_faults(seed: int) -> Iterator[tuple[str, list[tuple[Breaker, str]]]]:
    """A server of its own; its address, and each breaker with the address for its posters."""
    with temporary_cluster(*INITDB) as cluster:
        port = start(cluster)
        (cluster.folder / "port").write_text(str(port))
        proxy = CuttingProxy(port, seed)
        try:
            create_migrated_database(cluster, port)
            yield cluster.url(port), _postgres_breakers(cluster, port, proxy)
        finally:
            proxy.close()
            stop(cluster)


def _postgres_breakers(
    cluster: Cluster, port: int, proxy: CuttingProxy
) -> list[tuple[Breaker, str]]:
    url = cluster.url(port)
    return [
        (KillPoster(), url),
        (KillServer(cluster), url),
        (CutCommits(proxy), cluster.url(proxy.port)),
        (FullDisk(cluster, url), url),
        (ClocksDiffer(), url),
        (HeldLocks(url), url),
        (LocksInAnotherOrder(url), url),
        (Serialisable(), url),
    ]


@contextmanager
def sqlite_faults(_seed: int) -> Iterator[tuple[str, list[tuple[Breaker, str]]]]:
    """A file of its own; its address, and each breaker with the address for its posters."""
    with tempfile.TemporaryDirectory(prefix="connects-soak-") as folder:
        url = f"sqlite:///{put_migrated(Path(folder))}"
        yield url, [(KillPoster(), url), (FullDiskUnderPosters(), url), (ClocksDiffer(), url)]


def soak(database: str, seed: int, seconds: float, only: Sequence[str]) -> bool:
    """Give each fault its share of the time; False where something did not hold."""
    faults = {"postgresql": postgres_faults, "sqlite": sqlite_faults}[database]
    with faults(seed) as (url, breakers):
        import_module("tests.faults.django_ready")
        use(url)
        chosen = [pair for pair in breakers if not only or pair[0].name in only]
        held = [
            _tried(breaker, posters_url, seed, number, seconds / len(chosen))
            for number, (breaker, posters_url) in enumerate(chosen)
        ]
    return all(held)


def _tried(breaker: Breaker, url: str, seed: int, number: int, seconds: float) -> bool:
    from connects.bootstrap.journals import journal

    wallets = range(number * WALLETS + 1, (number + 1) * WALLETS + 1)
    journal().store.open_wallets(wallets)
    with tempfile.TemporaryDirectory(prefix="connects-soak-") as folder:
        trial = Trial(breaker, url, Path(folder), seed, wallets, seconds)
        try:
            problems = trial.run()
        finally:
            trial.end_posters()
        print(f"{'FAILS' if problems else 'holds'}  {trial.summary()}", flush=True)
    for problem in problems[:20]:
        print(f"    {problem}")
    if problems:
        print(f"  seed {seed}: python -m tests.faults.soak --seed {seed} --fault {breaker.name!r}")
    return not problems


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser(description="Break things while many post, and check.")
    parser.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--seconds", type=float, default=300, help="in all (300)")
    parser.add_argument("--seed", type=int, help="where chance begins; any where none is given")
    parser.add_argument("--fault", action="append", default=[], help="only this one; repeatable")
    asked = parser.parse_args()
    seed = secrets.randbits(32) if asked.seed is None else asked.seed
    print(f"{asked.database}, seed {seed}", flush=True)
    with suppress(KeyboardInterrupt):
        return 0 if soak(asked.database, seed, asked.seconds, asked.fault) else 1
    return 130


if __name__ == "__main__":
    sys.exit(main())
