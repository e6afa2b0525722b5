"""`connects backup`: the database in one file, with a manifest, while the site goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from connects.cli.django_setup import start_django

PASSPHRASE = "CONNECTS_BACKUP_PASSPHRASE"  # noqa: S105 a variable's name


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    is_flag=True,
    help=f"include the keys, encrypted with a passphrase (asked for, or {PASSPHRASE})",
)
def backup(file: Path, *, keys: bool) -> None:
    """Back up the database to FILE, which must not exist yet."""
    start_django()
    from connects.bootstrap.clock import now
    from connects.installation.backup import make_backup
    from connects.installation.manifest import RefusedBackup

    passphrase = _new_passphrase() if keys else None
    try:
        made = make_backup(file, now(), passphrase)
    except RefusedBackup as problem:
        click.echo(f"No backup was made: {problem}.", err=True)
        sys.exit(2)
    counts = made.facts.counts
    click.echo(
        f"{file}: {file.stat().st_size:,} bytes, {sum(counts.values()):,} rows in {len(counts):,} tables,"
        f" {counts.get('journal_entry', 0):,} of them journal entries."
    )
    if (root := made.facts.last_root) is not None:
        click.echo(f"Its last signed root is number {root.number} of {root.day}: {root.root}")
    if keys:
        click.echo("The keys are in it, encrypted. Keep the passphrase elsewhere.")
    else:
        click.echo(
            "The keys (secret_key, root_key.pem) are not in it; keep them apart, or use --keys."
        )


def _new_passphrase() -> str:
    if told := os.environ.get(PASSPHRASE):
        return told
    asked: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    return asked
