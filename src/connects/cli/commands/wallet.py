"""`connects wallet`: what an account holds, or held at a past instant."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from connects.cli.django_setup import on_database

if TYPE_CHECKING:
    from connects.market.people.models import Account


@click.command()
@click.argument("handle")
@click.option("--at", "at", help="an instant such as 2026-01-31T18:00Z; without a zone it is UTC")
@on_database
def wallet(handle: str, at: str | None) -> None:
    """Show an account's balance, debt and open lots, now or at a past instant."""
    instant = _instant(at)
    from connects.bootstrap.clock import now
    from connects.market.members.past import account_wallet_at

    moment = instant or now()
    held = account_wallet_at(account_or_exit(handle), moment)
    click.echo(f"{handle} at {moment:%Y-%m-%d %H:%M:%S} UTC, after line {held.last_entry:,}")
    aside = f", held {held.held:,}" if held.held else ""
    click.echo(f"balance {held.balance:,}, debt {held.debt:,}{aside}")
    for lot in held.lots:
        expires = "never" if lot.expires is None else f"{lot.expires:%Y-%m-%d %H:%M:%S}"
        click.echo(
            f"  lot {lot.number}: {lot.credits:,} {lot.kind.value}, cost {lot.cost_cents:,} cents,"
            f" issued {lot.issued:%Y-%m-%d %H:%M:%S}, expires {expires}"
        )


def account_or_exit(handle: str) -> Account:
    """The account that holds a wallet under that handle. Exits 2 where there is none."""
    from connects.market.people.selectors import account_named
    from connects.vocabulary.parties import AccountKind

    found = account_named(handle)
    if found is None or found.kind == AccountKind.CLIENT:
        click.echo(
            f"There is no freelancer or agency with the handle {handle!r}. The console shows each"
            " account's handle beside its name.",
            err=True,
        )
        sys.exit(2)
    return found


def _instant(text: str | None) -> datetime | None:
    from connects.vocabulary.typed_input import moment

    if text is None:
        return None
    found = moment(text)
    if found is None:
        raise click.BadParameter(f"{text[:40]!r} is not an instant such as 2026-01-31T18:00Z")
    return found
