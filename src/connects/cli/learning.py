"""The packages that commands for learning need beyond the rest of Connects."""

from __future__ import annotations

import sys
from importlib import util

import click


def needs_learning() -> None:
    """Exit 2 with plain words where scikit-learn is not installed."""
    if util.find_spec("sklearn") is None:
        click.echo(
            "This needs scikit-learn, which comes with the extra `learning`:"
            " install connects[learning]. Prices do without it.",
            err=True,
        )
        sys.exit(2)
