"""The argument that names a model."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from connects.bootstrap.estimates import model_path
from connects.estimate.model import Model
from connects.estimate.model_file import ModelUnreadable, read_model
from connects.vocabulary.facts import JobKind


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


def say_what_is_pooled(posts: Mapping[tuple[str, JobKind], int], model: Model) -> None:
    """Name the sources that the model does not know, and who answers for them; `posts` are counted."""
    for (source, kind), count in sorted(posts.items()):
        if model.estimator(source, kind) is not None:
            continue
        answers = model.answers_for(source, kind)
        told = (
            "the model knows no such posts, so the rule book's medians answer"
            if answers is None
            else "the model does not know them, so all its sources answer together (pooled)"
        )
        click.echo(f"Source {source or '(none)'}, {kind}: {count:,} posts; {told}", err=True)
