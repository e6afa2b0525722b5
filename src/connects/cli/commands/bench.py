"""`connects bench`: measure this machine. The benches are part of the checkout, not of the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

import connects

CHECKOUT = Path(connects.__file__).parents[2]
BENCHES = ("lab", "ledger", "service")


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)
@click.argument("name", type=click.Choice(BENCHES))
@click.pass_context
def bench(context: click.Context, name: str) -> None:
    """Measure how fast Connects is on this machine: `connects bench ledger --help`."""
    if not (CHECKOUT / "bench" / name).is_dir():
        click.echo(
            "The benches come with the source: clone the repository, run `make develop`, and call"
            " `.venv/bin/connects bench` there.",
            err=True,
        )
        sys.exit(2)
    ran = subprocess.run(  # noqa: S603 our own module
        [sys.executable, "-m", f"bench.{name}", *context.args], cwd=CHECKOUT, check=False
    )
    sys.exit(ran.returncode)
