"""`connects lab sweep`: one clause of a rule book, or one parameter of behaviour, over some values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from connects.cli.arguments import lab
from connects.cli.laboratory import needs_lab
from connects.vocabulary.documents import Unreadable, toml_tables

COMMAND = "connects lab sweep"


@click.command("sweep")
@click.argument("name")
@click.argument("values", nargs=-1, required=True)
@click.option("--policy", required=True, help="the rule book to change, or to play as it is")
@lab.MARKET
@lab.OUTPUT
def sweep(name: str, values: tuple[str, ...], policy: str, **options: Any) -> None:
    """Play NAME at each of VALUES, and compare each with the first.

    NAME is a key of the rule book's file with its clause (card.multiply, returns.unread.percent,
    posts.silent_after_days), or a parameter of behaviour (ghosts). VALUES are written as in TOML.
    """
    if not all(name.split(".")):
        lab.stop(f"{COMMAND}: {_misspelt(name)}")
    needs_lab()
    from connects.lab.studies.change import nested
    from connects.studies.market.results import Swept

    arms = []
    for value in values:
        arm: dict[str, Any] = {"name": f"{name} = {value}"[-60:], "policy": policy}
        if "." in name:
            arm["change"] = nested(name, _value(value))
        else:
            arm["behaviour"] = {name: _value(value)}
        arms.append(arm)
    market, settings = lab.settings_of(options)
    tables = {"title": f"{name} over {len(values)} values"[:120], **market, "arm": arms}
    study, swept = lab.study_of(tables, COMMAND), Swept(name=name, values=values)
    lab.play(study, settings, COMMAND, Path.cwd(), swept=swept)


def _misspelt(name: str) -> str:
    return (
        f"NAME: expected a clause and its key with one dot between them, such as card.multiply, "
        f"or a parameter of behaviour, such as ghosts, found {name[:100]!r}"
    )


def _value(text: str) -> object:
    """A value as TOML has it; what is none is a text."""
    try:
        found: object = toml_tables(f"value = {text}")["value"]
    except Unreadable:
        return text
    return found
