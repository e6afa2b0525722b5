"""The packages that the laboratory's commands need beyond the rest of Connects."""

from __future__ import annotations

import sys
from importlib import util

import click

from connects.lab.studies.machine import limit_of_a_process

INTERRUPTED = 130
"""The exit code of what Ctrl-C or SIGTERM ended."""
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
    most = limit_of_a_process()
    if most is not None and most < LEAST_BYTES:
        click.echo(
            f"A process may take {most / 1e9:.2f} GB here (ulimit -v), and the laboratory needs"
            f" {LEAST_BYTES / 1e9:.1f} GB to begin with. Raise the limit.",
            err=True,
        )
        sys.exit(2)
