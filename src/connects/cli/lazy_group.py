"""A group of commands that loads one only to run it: most need Django, some a library of an extra."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click
from typing_extensions import override


class LazyGroup(click.Group):
    """Knows its subcommands by name.

    To be subclassed with `package`, where their modules are, and `lines`: by name, `module:function`
    and what help says of it; nothing of those that only other programs call.
    """

    package: str
    lines: Mapping[str, tuple[str, str]]

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.lines)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lines:
            return None
        module, _, name = self.lines[cmd_name][0].partition(":")
        command = getattr(import_module(f"{self.package}.{module}"), name)
        assert isinstance(command, click.Command)
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            told = [(name, self.lines[name][1]) for name in sorted(self.lines)]
            formatter.write_dl([(name, words) for name, words in told if words])
