"""`connects webhook`: where events are delivered, and what came back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from connects.cli.commands.client import answer_of
from connects.cli.django_setup import on_database

if TYPE_CHECKING:
    from connects.market.events.models import WebhookEndpoint


@click.group()
def webhook() -> None:
    """Make webhook endpoints, try them, and see what was delivered."""


@webhook.command(short_help="Make an endpoint, or change it.")
@click.argument("name")
@click.argument("url")
@click.option("--types", default="", help="wallet.entry,job.ended,…; without it, all")
@click.option(
    "--ordering",
    type=click.Choice(["account", "none"]),
    default="account",
    show_default=True,
    help="account: one after another for each account; none: as fast as possible",
)
@click.option(
    "--signature",
    type=click.Choice(["hmac", "ed25519"]),
    default="hmac",
    show_default=True,
    help="hmac: with a shared secret; ed25519: with a public key",
)
@on_database
def put(name: str, url: str, types: str, ordering: str, signature: str) -> None:
    """Make an endpoint, or change it, and print what its receiver checks signatures with."""
    from connects.acts.events.manage_endpoints import EndpointForm, put_endpoint
    from connects.acts.events.sign import secrets_of
    from connects.bootstrap.clock import now

    words = [word.strip() for word in types.split(",") if word.strip()]
    form = EndpointForm(name=name, url=url, types=words, ordering=ordering, signature=signature)
    row, _is_new = answer_of(put_endpoint(form, now()))
    for secret in secrets_of(row, now()):
        click.echo(secret)


@webhook.command("list", short_help="Print every endpoint, and what waits or is dead.")
@on_database
def list_endpoints() -> None:
    """Print every endpoint, and how many deliveries wait or are dead."""
    from connects.market.events.endpoints import endpoints_with_counts

    found = endpoints_with_counts()
    if not found:
        click.echo("No endpoint yet. Make the first: connects webhook put NAME URL", err=True)
    for each in found:
        state = f"  (disabled: {each.disabled_because})" if each.disabled else ""
        click.echo(f"{each.name}  {each.url}{state}")
        waiting, dead = each.waiting, each.dead  # type: ignore[attr-defined]
        click.echo(f"  {waiting:,} waiting, {dead:,} dead")


@webhook.command(short_help="Print the newest deliveries to an endpoint.")
@click.argument("name")
@click.option(
    "--most", type=click.IntRange(1, 10_000), default=20, show_default=True, help="how many at most"
)
@on_database
def deliveries(name: str, most: int) -> None:
    """Print the newest deliveries to an endpoint, and what came back."""
    from connects.market.events.endpoints import deliveries_of

    for each in deliveries_of(_named(name))[:most]:
        came = each.status or each.error or "not tried yet"
        tries = "1 try" if each.tries == 1 else f"{each.tries:,} tries"
        click.echo(f"{each.event}  {each.type}  {each.state}  {came}  ({tries})")


@webhook.command()
@click.argument("name")
@on_database
def test(name: str) -> None:
    """Send a test event; exit 1 if the endpoint does not accept it."""
    from connects.acts.events.manage_endpoints import send_test
    from connects.bootstrap.clock import now

    sent = send_test(_named(name), now())
    came = f"{sent.status or sent.error}  {sent.took_ms} ms  {sent.answer[:200]}"
    click.echo(came.rstrip())
    if sent.state != "sent":
        sys.exit(1)


@webhook.command()
@click.argument("name")
@on_database
def replay(name: str) -> None:
    """Deliver everything again, from the very first event on."""
    from connects.acts.events.manage_endpoints import replay as replay_all

    replay_all(_named(name), 0)
    click.echo(f"{name} gets everything again; the worker delivers it.")


@webhook.command()
@click.argument("name")
@on_database
def rotate(name: str) -> None:
    """Print a new secret. For a day deliveries are signed with the one before, too."""
    from connects.acts.events.manage_endpoints import rotate_secret
    from connects.acts.events.sign import secrets_of
    from connects.bootstrap.clock import now

    click.echo(secrets_of(rotate_secret(_named(name), now()), now())[0])


@webhook.command()
@click.argument("name")
@on_database
def remove(name: str) -> None:
    """Remove an endpoint with its deliveries."""
    from connects.acts.events.manage_endpoints import remove_endpoint

    remove_endpoint(_named(name))
    click.echo(f"{name} is removed.")


def _named(name: str) -> WebhookEndpoint:
    from connects.market.events.endpoints import endpoint_called

    found = endpoint_called(name)
    if found is None:
        click.echo(f"There is no endpoint {name}. connects webhook list prints all.", err=True)
        sys.exit(1)
    return found
