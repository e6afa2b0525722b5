"""The beginning of a sandbox: `connects run --sandbox`."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from typing import NoReturn

import click


def settle_for_sandbox(environment: MutableMapping[str, str]) -> None:
    """Say to all that is started that this is a sandbox, with a folder and a database of its own."""
    environment["CONNECTS_SANDBOX"] = "1"
    environment.setdefault("CONNECTS_TEST_PAYMENTS", "1")
    if not environment.get("DATABASE_URL") and not environment.get("CONNECTS_VAR"):
        environment["CONNECTS_VAR"] = "var/sandbox"


def see_to_sandbox(*, wanted: bool) -> None:
    """Begin a sandbox on an empty database, and print its key.

    Exits 2 where that would mix it with what is real.
    """
    from connects.market.upkeep.sandbox import follow_clock, is_sandbox

    if is_sandbox() and not wanted:
        _refuse(
            "This database is a sandbox's. Serve it with --sandbox, or name another DATABASE_URL."
        )
    if not wanted:
        return
    if not is_sandbox():
        _begin()
    follow_clock()


def _begin() -> None:
    from connects.acts.accounts.open_sandbox import open_sandbox

    made = open_sandbox()
    if made is None:
        _refuse(
            "This database has a marketplace in it, and a sandbox begins with none."
            " Name another DATABASE_URL or CONNECTS_VAR for it."
        )
    click.echo("This is a sandbox. Its key, with every scope, which is shown this once:")
    click.echo(made.secret)


def _refuse(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(2)
