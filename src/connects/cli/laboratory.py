"""The packages that the laboratory's commands need beyond the rest of Connects."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import util
from typing import NoReturn

import click

LEAST_BYTES = 600_000_000
"""What the packages take of a process's addresses when they are loaded; with less they hang or abort."""


def missing_packages(*more: str) -> list[str]:
    """Those of the laboratory's packages, and of `more`, that are not installed."""
    names = ("numba", "numpy", "scipy", *more)
    return [name for name in names if util.find_spec(name) is None]


def needs_lab(*more: str) -> None:
    """Exit 2 with plain words where its packages are not installed, or memory is too short for them."""
    missing = missing_packages(*more)
    if missing:
        click.echo(
            f"This needs {', '.join(missing)}: install the extra `lab`, by"
            " `pip install 'connects[lab]'`. The marketplace itself does without it.",
            err=True,
        )
        sys.exit(2)
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most != resource.RLIM_INFINITY and most < LEAST_BYTES:
        _end(
            f"A process may take {most / 1e9:.2f} GB here (ulimit -v), and the laboratory needs"
            f" {LEAST_BYTES / 1e9:.1f} GB to begin with. Raise the limit.",
            2,
        )


@contextmanager
def stops_in_words() -> Iterator[None]:
    """Exit with words where memory or a process gives out, or the packages cannot be loaded.

    Commands that keep what they played say so themselves, before this is reached.
    """
    try:
        yield
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


def _is_a_library(error: ImportError | OSError) -> bool:
    """Whether the loader of a native library gave up; anything else is a fault of ours."""
    words = str(error)
    return "shared object" in words or "allocate memory" in words


def _why(error: MemoryError) -> str:
    return f": {error}" if str(error) else ""


def _end(words: str, code: int) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(code)
