"""What gives out in the middle of one of the laboratory's commands, in words."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from connects.cli.laboratory import INTERRUPTED


@contextmanager
def stops_in_words() -> Iterator[None]:
    """Exit with words where memory or a process gives out, or the packages cannot be loaded, or where
    someone or a supervisor stops the command.

    Commands that keep what they played say so themselves, before this is reached.
    """
    try:
        with _sigterm_as_ctrl_c():
            yield
    except KeyboardInterrupt:
        _end("\nStopped. No file is left half written.", INTERRUPTED)
    except MemoryError as error:
        _end(f"Out of memory{_why(error)}. Play fewer freelancers or days, or --processes 1.", 1)
    except BrokenProcessPool:
        words = "A process was ended from outside, most likely for want of memory."
        _end(f"{words} Run the same command again, with fewer --processes.", 1)
    except (ImportError, OSError) as error:
        if not _is_a_library(error):
            raise
        words = f"The laboratory's packages cannot be loaded: {error}"
        _end(
            f"{words}. Is there a limit on memory (ulimit -v)? Raise it, or install them again.", 2
        )


@contextmanager
def _sigterm_as_ctrl_c() -> Iterator[None]:
    """A supervisor's SIGTERM stops a command as Ctrl-C does; only the main thread hears of signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_signal: int, _frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def _is_a_library(error: ImportError | OSError) -> bool:
    """Whether the loader of a native library gave up; anything else is a fault of ours."""
    words = str(error)
    return "shared object" in words or "allocate memory" in words


def _why(error: MemoryError) -> str:
    return f": {error}" if str(error) else ""


def _end(words: str, code: int) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(code)
