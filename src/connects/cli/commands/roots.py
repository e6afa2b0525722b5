"""`connects roots`: make, list and prove against the signed roots over all wallets."""

from __future__ import annotations

import sys

import click

from connects.cli.commands.wallet import account_or_exit
from connects.cli.django_setup import on_database


@click.group()
def roots() -> None:
    """Make and list the signed roots over all wallets, and prove a wallet by them."""


@roots.command("make")
@on_database
def make() -> None:
    """Make this day's root, unless there is one already. The worker does so every day."""
    from connects.due.roots import make_todays_root

    try:
        made = make_todays_root()
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if made is None:
        click.echo("This day's root has been made already.")
    else:
        click.echo(f"root {made.number}, over {made.wallets:,} wallets: {bytes(made.root).hex()}")


@roots.command("list")
@on_database
def listed() -> None:
    """List the roots, newest first: number, day, wallets, root, key."""
    from connects.journal.proof.roots.published import published_roots
    from connects.journal.proof.roots.signing import key_id

    for row in published_roots():
        root, key = bytes(row.root).hex(), key_id(bytes(row.public_key))
        click.echo(f"{row.number:>6} {row.day} {row.wallets:>12,} {root} {key}")


@roots.command("proof", short_help="Write the proof of an account's wallet.")
@click.argument("handle")
@click.option("--root", "number", type=int, help="the root's number; without it, the newest")
@on_database
def proof(handle: str, number: int | None) -> None:
    """Write the proof of an account's wallet, for check_statement.py, to standard output."""
    from connects.bootstrap.journals import journal
    from connects.journal.proof.roots.inclusion import inclusion_of, proof_document

    account = account_or_exit(handle)
    found = inclusion_of(journal(), account.pk, number)
    if found is None:
        click.echo(f"No such root covers the wallet of {handle}.", err=True)
        sys.exit(2)
    for piece in proof_document(found, journal().records(account.pk)):
        click.echo(piece, nl=False)
