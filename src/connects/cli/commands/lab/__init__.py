"""`connects lab`: the laboratory. Each subcommand is loaded only when it is asked for."""

from __future__ import annotations

import click

from connects.cli.lazy_group import LazyGroup

COMMANDS = {
    "check": ("check:check", "Hold the market to what field experiments found."),
}


class LabGroup(LazyGroup):
    package = "connects.cli.commands.lab"
    lines = COMMANDS


@click.group(cls=LabGroup)
def lab() -> None:
    """See what a rule change does before anyone lives under it."""
