"""`connects unlock`: let someone sign in again who was locked out by wrong passwords."""

from __future__ import annotations

import sys

import click

from connects.cli.django_setup import start_django


@click.command()
@click.argument("email")
@click.option("--reason", default="from the command line", help="why, for the activity log")
def unlock(email: str, reason: str) -> None:
    """Forget the wrong passwords that were tried for an e-mail address."""
    start_django()
    from django.db.utils import DatabaseError

    from connects.bootstrap.clock import now
    from connects.market.people.models import User
    from connects.market.signing_in import lockouts

    try:
        if not User.objects.filter(email=email.strip().lower()).exists():
            click.echo(f"Nobody here has the e-mail address {email!r}.", err=True)
            sys.exit(2)
        forgotten = lockouts.unlock(email, None, reason, now())
    except DatabaseError as error:
        click.echo(f"Sign-ins cannot be read: {error}. Was this database set up?", err=True)
        sys.exit(2)
    passwords = "1 wrong password was" if forgotten == 1 else f"{forgotten} wrong passwords were"
    click.echo(f"{email} can sign in: {passwords} forgotten.")
