"""`connects restore`: a backup takes the database's place, once it has been proved beside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from connects.cli.commands.backup import PASSPHRASE
from connects.cli.django_setup import start_django


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="verify the backup, and replace nothing")
@click.option(
    "--keys",
    is_flag=True,
    help=f"restore the keys, too, with the backup's passphrase (asked for, or {PASSPHRASE})",
)
def restore(file: Path, *, only_check: bool, keys: bool) -> None:
    """Replace the database with the backup in FILE; the old content is kept beside it.

    The site and the worker must be stopped. A backup that is damaged, foreign or newer changes nothing.
    """
    start_django()
    from connects.installation.manifest import RefusedBackup

    passphrase = _passphrase() if keys else None
    try:
        _check(file) if only_check else _restore(file, passphrase)
    except RefusedBackup as problem:
        click.echo(f"{file} was not restored, and nothing was changed: {problem}.", err=True)
        sys.exit(2)


def _check(file: Path) -> None:
    from connects.installation.restore import check

    made = check(file)
    click.echo(
        f"{file} of {made.made} is complete: its wallets and roots check out. Nothing was replaced."
    )


def _restore(file: Path, passphrase: str | None) -> None:
    from connects.bootstrap.clock import now
    from connects.installation.restore import restore as put_in_place

    done = put_in_place(file, now(), passphrase)
    counts = done.manifest.facts.counts
    click.echo(
        f"Restored {file} of {done.manifest.made}: {sum(counts.values()):,} rows,"
        f" {counts.get('journal_entry', 0):,} of them journal entries. Wallets and roots check out."
    )
    if done.kept:
        click.echo(f"What was there before is kept as {done.kept}; remove it when you are content.")
    for path in done.keys:
        click.echo(f"Restored the key {path}.")
    if done.keys and {"CONNECTS_SECRET_KEY", "CONNECTS_ROOT_KEY"} & set(os.environ):
        click.echo("Keys that the environment names are used before those.", err=True)


def _passphrase() -> str:
    if told := os.environ.get(PASSPHRASE):
        return told
    asked: str = click.prompt("Passphrase", hide_input=True)
    return asked
