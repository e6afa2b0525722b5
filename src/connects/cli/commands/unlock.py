"""`connects unlock`: let someone sign in again who was locked out by wrong passwords."""

from __future__ import annotations

import sys

import click

from connects.cli.django_setup import on_database


@click.command()
@click.argument("email")
@click.option("--reason", default="from the command line", help="why, for the activity log")
@click.option(
    "--second-factor",
    is_flag=True,
    help="also remove the second factor of someone who lost it, and the recovery codes",
)
@on_database
def unlock(email: str, reason: str, *, second_factor: bool) -> None:
    """Lift the lock that wrong passwords put on an e-mail address."""
    from connects.acts.accounts.remove_second_factor import remove_second_factor
    from connects.acts.accounts.unlock import unlock_sign_in
    from connects.bootstrap.clock import now
    from connects.market.people.access import person_with_email

    person = person_with_email(email)
    if person is None:
        click.echo(f"Nobody here has the e-mail address {email!r}.", err=True)
        sys.exit(2)
    forgotten = unlock_sign_in(email, None, reason, now())
    removed = second_factor and remove_second_factor(person, None, reason, now())
    passwords = "1 wrong password was" if forgotten == 1 else f"{forgotten} wrong passwords were"
    click.echo(f"{email} can sign in: {passwords} forgotten.")
    if second_factor:
        click.echo(
            "Their second factor is removed; we tell them by e-mail."
            if removed
            else "They have no second factor."
        )
