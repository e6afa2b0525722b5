"""`connects client`: the programs of a marketplace that Connects stands beside, and their server keys."""

from __future__ import annotations

import sys
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from connects.cli.django_setup import on_database

if TYPE_CHECKING:
    from connects.market.api_clients.models import ApiClient


@click.group()
def client() -> None:
    """Make API clients and their server keys, rotate and revoke them."""


@client.command()
@click.argument("name")
@click.option("--scopes", required=True, help="sync,quote,charge,read,grant,purchase,events,portal")
@click.option("--addresses", default="", help="networks that calls may come from: 10.0.0.0/8,…")
@click.option("--rate", default=1_000, show_default=True, help="calls a second")
@on_database
def new(name: str, scopes: str, addresses: str, rate: int) -> None:
    """Make a client, and print its key, which is shown only this once."""
    from connects.acts.accounts.make_api_client import ClientForm, make_client

    form = ClientForm(
        name=name, scopes=_words(scopes), networks=_words(addresses), calls_a_second=rate
    )
    made = answer_of(make_client(form, None))
    click.echo(made.secret)
    click.echo(f"This is the only time the key of {name} is shown.", err=True)


@client.command()
@click.argument("name")
@on_database
def rotate(name: str) -> None:
    """Print another key. Earlier keys work until they are revoked."""
    from connects.acts.accounts.make_api_client import add_server_key
    from connects.market.api_clients.selectors import live_keys_of

    found = _named(name)
    before = [key.prefix for key in live_keys_of(found)]
    made = answer_of(add_server_key(found, None))
    click.echo(made.secret)
    for prefix in before:
        command = f"connects client revoke {quote(name)} --key {prefix}"
        click.echo(f"Once {name} uses it, revoke the other: {command}", err=True)


@client.command()
@click.argument("name")
@click.option(
    "--key",
    "typed",
    help="a key, or a beginning that only it has; without it, the client and all keys, for good",
)
@on_database
def revoke(name: str, typed: str | None) -> None:
    """Stop one key, or the client for good."""
    from connects.acts.accounts.revoke_api_client import revoke_client, revoke_server_key

    found = _named(name)
    if typed is None:
        answer_of(revoke_client(found, None))
        click.echo(f"No key of {name} works any longer.")
        return
    prefix = _prefix_of_the_key(found, typed)
    answer_of(revoke_server_key(found, prefix, None))
    click.echo(f"The key {prefix} works no longer.")


@client.command("list", short_help="Print every client, its scopes and its keys.")
@on_database
def list_clients() -> None:
    """Print every client, its scopes, and its keys with the day of their last use."""
    from connects.market.api_clients.selectors import api_clients

    found = api_clients()
    if not found:
        click.echo("No client yet. Make the first: connects client new NAME --scopes …", err=True)
    for each in found:
        state = "" if each.revoked is None else "  (revoked)"
        click.echo(f"{each.name}  {','.join(each.scopes)}{state}")
        for key in each.live_keys:  # type: ignore[attr-defined]
            click.echo(f"  {key.prefix}  last used: {key.last_used or 'never'}")


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _named(name: str) -> ApiClient:
    from connects.market.api_clients.selectors import client_called

    found = client_called(name)
    if found is None:
        click.echo(f"There is no client {name}. connects client list prints all.", err=True)
        sys.exit(1)
    return found


def _prefix_of_the_key(client: ApiClient, typed: str) -> str:
    """The visible beginning of the key that is meant. What was typed may be a secret: it is not told."""
    from connects.market.api_clients.selectors import live_keys_beginning

    meant = live_keys_beginning(client, typed.strip())
    if len(meant) == 1:
        return meant[0].prefix
    if meant:
        shown = " and ".join(key.prefix for key in meant)
        click.echo(f"Key: {shown} begin so; type more of the one that is to end.", err=True)
    else:
        click.echo(
            f"Key: no key of {client.name} that works begins so; connects client list shows them.",
            err=True,
        )
    sys.exit(1)


def answer_of(answer: Any) -> Any:
    """What an act answered; a refusal ends the command with 1, and its words."""
    from connects.statements.refusal_words import refusal_text
    from connects.vocabulary.refusals import Refused

    if isinstance(answer, Refused):
        click.echo(refusal_text(answer), err=True)
        sys.exit(1)
    return answer
