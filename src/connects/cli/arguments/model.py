"""The model that a command was told to use."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from connects.bootstrap.estimates import model_path
from connects.estimate.model import Model
from connects.estimate.model_file import ModelUnreadable, read_model


def model_argument(name: str | None) -> Model:
    """The model in a file, or the one that was trained last; the command stops where there is none."""
    path = Path(name) if name else model_path()
    try:
        return read_model(path)
    except ModelUnreadable as error:
        message = str(error)
    except OSError as error:
        message = (
            f"{path}: {error.strerror or error}. `connects estimate train FILE` makes a model."
        )
    click.echo(message, err=True)
    sys.exit(2)
