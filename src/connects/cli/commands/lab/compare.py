"""`connects lab compare`: rule books beside one another on one market."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from connects.cli.arguments import lab

COMMAND = "connects lab compare"


@click.command("compare")
@click.argument("policies", nargs=-1, required=True)
@lab.MARKET
@lab.OUTPUT
def compare(policies: tuple[str, ...], **options: Any) -> None:
    """Play rule books (names or files) on one market, and compare each with the first."""
    market, settings = lab.settings_of(options)
    tables = {
        "title": f"{len(policies)} rule books on one market",
        **market,
        "arm": [{"name": name[-60:], "policy": name} for name in policies],
    }
    lab.play(lab.study_of(tables, COMMAND), settings, COMMAND, Path.cwd())
