"""Play the runs of a study that are not there yet, and keep each as a file of its own.

A file's name is a digest of everything that a run hangs on: the rules, the people, the seed, the days,
and the laboratory's own sources. So a study that was killed goes on from where it was, studies share
the runs that they have in common, and nothing stale is ever read. A file is written beside its place
and then put there, so it is whole or not there at all.

Whoever upgrades the laboratory while it plays has processes of two versions at work: the new ones refuse
to play for the old one, since a difference between two arms would be one between two versions, too.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from connects.lab.population.agents import Population
from connects.lab.run import MarketTooLarge, Wanted, pool_of
from connects.lab.studies.summary import Summary, summary

FORMAT = 1
UNFINISHED = ".unfinished-"
HOUR = 3600
SOURCES = ("lab", "ledger", "movements", "policy", "pricing", "vocabulary")
"""The packages that a run's outcome hangs on."""


class RunsStopped(RuntimeError):
    """Not all runs could be played; those that were are kept, and the same command goes on from there."""


class OtherVersion(RuntimeError):
    """This process has other sources than the one that asks it to play."""


@dataclass(frozen=True, slots=True)
class RunStore:
    """A folder with one file a run."""

    folder: Path

    def prepare(self) -> None:
        """Make the folder, and clear what killed studies left in it.

        Raises RunsStopped where it cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as now:
                self._clear(os.fstat(now.fileno()).st_mtime - HOUR)
        except (OSError, ValueError) as error:
            raise RunsStopped(f"{self.folder}: runs cannot be kept here: {error}") from error

    def _clear(self, before: float) -> None:
        """Remove files that nobody writes any more, since each takes far less than an hour."""
        for unfinished in self.folder.glob(f"{UNFINISHED}*"):
            with suppress(FileNotFoundError):
                if unfinished.stat().st_mtime < before:
                    unfinished.unlink()

    def read(self, run: Wanted) -> Summary | None:
        """A run that is there; one whose file is broken is played again."""
        try:
            return Summary.model_validate_json(self._path(run).read_bytes())
        except (OSError, ValidationError):
            return None

    def keep(self, run: Wanted, found: Summary) -> None:
        """Write a run whole, or not at all."""
        handle, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=self.folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(found.model_dump_json())
            Path(unfinished).replace(self._path(run))
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise

    def _path(self, run: Wanted) -> Path:
        return self.folder / f"{digest(run)}.json"


def digest(run: Wanted) -> str:
    """What a run hangs on, in 32 characters; the name of its arm is none of it."""
    arm, mixed = run.arm, run.arm.mixed
    hangs_on = (
        *(FORMAT, sources_digest(), run.seed, run.days, run.warm_up),
        [book.model_dump_json(exclude={"digest"}) for book in arm.books],
        mixed and (mixed.share, mixed.by),
        arm.behaviour.values(),
        run.population.model_dump_json(),
        _own_posts(run.population),
    )
    return hashlib.sha256(json.dumps(hangs_on).encode()).hexdigest()[:32]


def _own_posts(population: Population) -> str:
    """A digest of the table of posts that lies beside a population of one's own."""
    table = Path(population.posts)
    return hashlib.sha256(table.read_bytes()).hexdigest() if table.suffix == ".csv" else ""


@cache
def sources_digest() -> str:
    """Of all sources and tables that a run's outcome hangs on, as this process began with them."""
    return _sources_now()


def _sources_now() -> str:
    found = hashlib.sha256()
    package = Path(__file__).parents[2]
    for name in SOURCES:
        for path in sorted((package / name).rglob("*")):
            if path.suffix in {".py", ".toml", ".csv"}:
                found.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def all_played(
    runs: Sequence[Wanted],
    store: RunStore,
    processes: int,
    told: Callable[[int], None],
) -> list[Summary]:
    """The runs in their order; `told` hears of each that is there, or was played, by how many.

    Raises RunsStopped where memory or a process gives out; what was played by then is kept.
    """
    store.prepare()
    missing = [run for run in runs if store.read(run) is None]
    told(len(runs) - len(missing))
    try:
        if processes <= 1 or len(missing) <= 1:
            for run in missing:
                _play_and_keep(run, store, sources_digest())
                told(1)
        else:
            _play_at_once(missing, store, min(processes, len(missing)), told)
    except OtherVersion as error:
        raise RunsStopped(
            "The laboratory was upgraded, or edited, while it played, and what two versions play is not"
            f" mixed. What was played is kept in {store.folder} for the version that played it. Run the"
            " same command again: the version that is there now plays everything that it has not"
            " played yet."
        ) from error
    except BrokenProcessPool as error:
        raise RunsStopped(
            "A process was ended from outside, most likely for want of memory. What was played is"
            " kept: run the same command again, with fewer --processes."
        ) from error
    except MemoryError as error:
        why = f"Out of memory: {error}." if isinstance(error, MarketTooLarge) else "Out of memory."
        raise RunsStopped(
            f"{why} What was played is kept: run the same command again with fewer --processes, or"
            " play fewer freelancers or days."
        ) from error
    except OSError as error:
        raise RunsStopped(
            f"A run cannot be kept: {error}. What was kept before is whole."
        ) from error
    found = [store.read(run) for run in runs]
    if any(each is None for each in found):
        raise RunsStopped(
            f"{store.folder}: runs that were kept here have been deleted meanwhile. Run the same command"
            " again: it plays only what is missing."
        )
    return [each for each in found if each is not None]


def _play_and_keep(run: Wanted, store: RunStore, sources: str) -> None:
    """Play a run and keep it for whoever has these sources; a process of others raises OtherVersion."""
    if sources_digest() != sources:
        raise OtherVersion
    store.keep(run, summary(run.play(), run.population))


def _play_at_once(
    runs: Sequence[Wanted], store: RunStore, processes: int, told: Callable[[int], None]
) -> None:
    sources = sources_digest()
    with pool_of(processes) as pool:
        try:
            waiting: set[Future[None]] = {
                pool.submit(_play_and_keep, run, store, sources) for run in runs
            }
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in done:
                    each.result()
                told(len(done))
        except BaseException as error:
            pool.shutdown(wait=False, cancel_futures=True)
            if isinstance(error, KeyboardInterrupt):  # who stops a study does not wait for its runs
                for process in multiprocessing.active_children():
                    process.terminate()
            if isinstance(error, Exception) and _sources_now() != sources:
                raise OtherVersion from error  # a process of half an upgrade fails in any way
            raise
