"""Keep the parts of a site running: none outlives its parent, and one that dies is restarted.

The hard case is a parent that is killed: it cannot tell its children. So each child asks the kernel for
a signal when its parent is gone; where the kernel has no such thing, it polls every second.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import click

STOP_SECONDS_MOST = 10
RESTART_SECONDS_MOST = 60
STEADY_SECONDS = 60
"""Who has lived this long has started well: its next death is a first one."""
DEATHS_MOST = 5
"""After so many deaths in a row the site ends as a whole, for its operator to see."""

_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int, signal_number: signal.Signals) -> None:
    """Get a signal when the process `parent`, which has started this one, is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent, signal_number), daemon=True).start()
    if os.getppid() != parent:  # it went before we asked
        os.kill(os.getpid(), signal_number)


def _watch(parent: int, signal_number: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal_number)


@dataclass(slots=True)
class Part:
    """A process of the site. `deaths` counts those in a row."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        command = [*self.command, "--end-with", str(os.getpid())]
        # A session of its own: Ctrl-C reaches the parent alone, which then stops its parts in order.
        self.process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 our own programs
        self.started = time.monotonic()

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def see_to(self) -> None:
        """Start it again where it has died and its pause is over."""
        if self.is_up:
            return
        if self.process is not None:
            self._note_death(self.process.returncode)
        if time.monotonic() >= self.start_at and self.deaths < DEATHS_MOST:
            self.start()

    def _note_death(self, status: int) -> None:
        self.process = None
        lived = time.monotonic() - self.started
        self.deaths = 1 if lived >= STEADY_SECONDS else self.deaths + 1
        pause = min(2.0 ** (self.deaths - 1), RESTART_SECONDS_MOST)
        self.start_at = time.monotonic() + pause
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        click.echo(f"The {self.name} {how}; it is started again in {pause:.0f} s.", err=True)


def keep_running(parts: Sequence[Part]) -> None:
    """Start again what dies, until interrupted; or return once a part does not stay up."""
    while all(part.deaths < DEATHS_MOST for part in parts):
        for part in parts:
            part.see_to()
        time.sleep(0.2)
    for part in parts:
        if part.deaths >= DEATHS_MOST:
            click.echo(f"The {part.name} died {part.deaths} times; stopping the rest.", err=True)


def stop(parts: Sequence[Part]) -> None:
    """Ask every part to end, and kill what does not."""
    processes = [part.process for part in parts if part.process is not None]
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(STOP_SECONDS_MOST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
