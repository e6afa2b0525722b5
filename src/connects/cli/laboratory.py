"""The packages that the laboratory's commands need beyond the rest of Connects."""

from __future__ import annotations

import sys
from importlib import util

import click


def missing_packages() -> list[str]:
    """Those of the laboratory's packages that are not installed."""
    return [name for name in ("numba", "numpy", "scipy") if util.find_spec(name) is None]


def needs_lab() -> None:
    """Exit 2 with plain words where the laboratory's packages are not installed."""
    missing = missing_packages()
    if missing:
        click.echo(
            f"This needs {', '.join(missing)}: install the extra `lab`, by"
            " `pip install 'connects[lab]'`. The marketplace itself does without it.",
            err=True,
        )
        sys.exit(2)
