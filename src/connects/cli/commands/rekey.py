"""`connects rekey`: the second half of changing CONNECTS_SECRET_KEY."""

from __future__ import annotations

import sys

import click

from connects.cli.django_setup import on_database


@click.command()
@on_database
def rekey() -> None:
    """Encrypt second factors with the current secret key, so that earlier keys can be removed."""
    from connects.acts.accounts.seal_secrets import reseal_secrets

    try:
        number = reseal_secrets()
    except ValueError as error:
        click.echo(
            f"Nothing was changed: {error}. Put that key into CONNECTS_SECRET_KEY_FALLBACKS.",
            err=True,
        )
        sys.exit(1)
    rows = "1 row is" if number == 1 else f"{number} rows are"
    click.echo(f"Second factors: {rows} encrypted with the current key.")
