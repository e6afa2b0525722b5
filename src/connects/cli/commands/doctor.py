"""`connects doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import sys

import click

from connects.cli.django_setup import start_django


@click.command()
def doctor() -> None:
    """Check tables, keys and files. Say what is wrong and what to do, and exit 1, if anything is."""
    start_django()
    from connects.installation.doctor import diagnose

    wrong = 0
    for finding in diagnose():
        wrong += not finding.right
        click.echo(f"{'ok   ' if finding.right else 'WRONG'}  {finding.found}")
        if finding.advice:
            click.echo(f"       {finding.advice}")
    click.echo(f"Wrong here: {wrong:,}." if wrong else "Nothing is wrong.")
    sys.exit(1 if wrong else 0)
