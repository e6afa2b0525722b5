"""`connects staff`: who is on the staff, from the first operator on."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from connects.cli.django_setup import on_database
from connects.vocabulary.problems import Problem


@click.group()
def staff() -> None:
    """Add members of staff, change their role, and stop them."""


ROLES = "moderator, support, finance, policy or operator"


@staff.command(short_help="Put a person on the staff, and print their link.")
@click.argument("email")
@click.option("--role", required=True, help=ROLES)
@on_database
def add(email: str, role: str) -> None:
    """Put a person on the staff, and print the link on which they set their password."""
    from connects.acts.staff import manage_staff

    linked = _answer(manage_staff.add(email, role, None))
    click.echo(f"{linked.user.email} is on the staff as {role}.")
    if linked.user.memberships.exists():
        click.echo("They stay a member, too; their old password does not work any more.")
    _print_link(linked.link)


@staff.command(short_help="Print a new link for someone on the staff.")
@click.argument("email")
@on_database
def link(email: str) -> None:
    """Print a new link for someone who lost theirs, their password, or their second factor."""
    from connects.acts.staff import manage_staff

    linked = _answer(manage_staff.new_link(email, None))
    click.echo(f"{linked.user.email} cannot sign in until they have set a new password.")
    _print_link(linked.link)


@staff.command()
@click.argument("email")
@click.argument("role")
@click.option("--force", is_flag=True, help="even if no operator would be left")
@on_database
def role(email: str, role: str, *, force: bool) -> None:
    """Give a member of staff another role."""
    from connects.acts.staff import manage_staff

    user = _answer(manage_staff.set_role(email, role, None, force=force))
    click.echo(f"{user.email} is {role} now, and has to sign in again.")


@staff.command()
@click.argument("email")
@click.option("--force", is_flag=True, help="even if no operator would be left")
@on_database
def stop(email: str, *, force: bool) -> None:
    """Take a person off the staff, and sign them out everywhere."""
    from connects.acts.staff import manage_staff

    user = _answer(manage_staff.stop(email, None, force=force))
    still = "They still sign in as a member." if user.is_active else "They cannot sign in any more."
    click.echo(f"{user.email} is not on the staff any more. {still}")


@staff.command("list")
@on_database
def list_staff() -> None:
    """Print everyone on the staff."""
    from connects.bootstrap.clock import now
    from connects.market.staff.selectors import staff_members

    members = staff_members(now())
    for member in members:
        state = "" if member.is_ready else "  (has not set a password yet)"
        click.echo(f"{member.role:<10} {member.user.email}{state}")
    if not members:
        click.echo("Nobody yet. Add the first one: connects staff add E-MAIL --role operator")


def _answer(answer: Any) -> Any:
    """What a service answered; a refusal ends the command with 1, and its words."""
    from connects.statements.refusal_words import refusal_text
    from connects.vocabulary.refusals import Refused

    if isinstance(answer, Refused):
        click.echo(refusal_text(answer), err=True)
        if answer.parameters.get("problem") == Problem.LAST_OPERATOR:
            click.echo("--force does it all the same.", err=True)
        sys.exit(1)
    return answer


def _print_link(link: str) -> None:
    click.echo("Hand them this link. It works once, for 24 hours:")
    click.echo(f"\n    {link}\n")
    if not os.environ.get("CONNECTS_ADDRESS"):
        click.echo(
            "CONNECTS_ADDRESS is not set, so the link leads to this machine. Where the site has"
            " another address or port, set it first, or put it in the link's place.",
            err=True,
        )
