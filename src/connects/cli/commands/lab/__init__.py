"""`connects lab`: the laboratory. Each subcommand is loaded only when it is asked for."""

from __future__ import annotations

from typing import Any

import click
from typing_extensions import override

from connects.cli.commands.lab.stops import stops_in_words
from connects.cli.lazy_group import LazyGroup

COMMANDS = {
    "replay": ("replay:replay", "See what is recorded under another rule book."),
    "check": ("check:check", "Hold the market to what field experiments found."),
    "compare": ("compare:compare", "Rule books beside one another on one market."),
    "fit": ("fit:fit", "Behaviour that makes the market look like real posts."),
    "population": (
        "population:population",
        "A population drawn from a marketplace's own records.",
    ),
    "job": ("job:job", "What the worker starts for the console."),
    "run": ("run:run_study", "Play a study from its file."),
    "sweep": ("sweep:sweep", "One clause, or one parameter of behaviour, over some values."),
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
