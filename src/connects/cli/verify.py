"""`connects verify`: prove that wallets and journals agree."""

from __future__ import annotations

import sys

import click

from connects.cli.django_setup import start_django

PROGRESS_EVERY = 10_000


@click.command()
def verify() -> None:
    """Replay every journal; exit 1 if a wallet does not agree with it, naming each that does not."""
    start_django()
    from django.db.utils import DatabaseError

    from connects.bootstrap.journals import journal
    from connects.journal.verify import verify as prove

    wallets = entries = broken = 0
    try:
        for proof in prove(journal()):
            wallets, entries = wallets + 1, entries + proof.entries
            if proof.breaches:
                broken += 1
            for breach in proof.breaches:
                click.echo(f"wallet {proof.wallet}: {breach}")
            if wallets % PROGRESS_EVERY == 0:
                click.echo(f"{wallets:,} wallets …", err=True)
    except DatabaseError as error:
        click.echo(f"The journal cannot be read: {error}. Was this database set up?", err=True)
        sys.exit(2)
    click.echo(f"{wallets:,} wallets with {entries:,} entries; {broken:,} do not agree")
    sys.exit(1 if broken else 0)
