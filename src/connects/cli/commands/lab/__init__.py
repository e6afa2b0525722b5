"""`connects lab`: the laboratory. Each subcommand is loaded only when it is asked for."""

from __future__ import annotations

from typing import Any

import click
from typing_extensions import override

from connects.cli.commands.lab.stops import stops_in_words
from connects.cli.lazy_group import LazyGroup

COMMANDS = {
    "replay": ("replay:replay", "Replay what is recorded under another rule book."),
    "check": ("check:check", "Check the market against published field experiments."),
    "compare": ("compare:compare", "Compare rule books on one market."),
    "fit": ("fit:fit", "Fit behaviour until the market looks like real posts."),
    "population": (
        "population:population",
        "Draw a population from a marketplace's own records.",
    ),
    "job": ("job:job", ""),  # the worker calls it
    "run": ("run:run_study", "Play a study from its file."),
    "sweep": ("sweep:sweep", "Vary one clause, or one parameter of behaviour."),
}


class LabGroup(LazyGroup):
    package = "connects.cli.commands.lab"
    lines = COMMANDS

    @override
    def invoke(self, ctx: click.Context) -> Any:
        with stops_in_words():
            return super().invoke(ctx)


@click.group(cls=LabGroup)
def lab() -> None:
    """See what a rule change does before anyone lives under it."""
