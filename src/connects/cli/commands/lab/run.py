"""`connects lab run`: play a study from its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from connects.cli.arguments import lab


@click.command("run")
@click.argument("study")
@click.option(
    "--seeds",
    type=click.IntRange(1, lab.SEEDS_MOST),
    help="markets for each arm, instead of as many as the study says",
)
@lab.OUTPUT
def run_study(study: str, **options: Any) -> None:
    """Play the arms of STUDY, a TOML file, over its seeds; say how they differ.

    Finished runs are kept: a study that was stopped goes on from where it was.
    """
    found, text = lab.read(study)
    lab.play(found, lab.Settings(**options), study, Path(study).resolve().parent, text)
