"""`connects lab`: the laboratory. Each subcommand is loaded only when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click
from typing_extensions import override

COMMANDS = {
    "check": ("check:check", "Hold the market to what field experiments found."),
}


class LabGroup(click.Group):
    """Knows its subcommands by name and loads one only to run it."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(f"connects.cli.commands.lab.{module}"), name)
        assert isinstance(command, click.Command)
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=LabGroup)
def lab() -> None:
    """See what a rule change does before anyone lives under it."""
