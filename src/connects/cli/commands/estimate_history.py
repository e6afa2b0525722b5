"""`connects estimate history`: the marketplace's own posts, to train on."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from connects.cli.django_setup import on_database


@click.command(short_help="Write the marketplace's own posts, to train on.")
@click.argument("out")
@click.option(
    "--texts",
    is_flag=True,
    help="write titles and descriptions, too: the file then holds everything that clients wrote, and a"
    " model trained on it can reveal their words",
)
@on_database
def history(out: str, *, texts: bool) -> None:
    """Write the marketplace's own posts to OUT as CSV (- for standard output), to train on.

    Clients are identified by their accounts' numbers. Names are never written, titles and descriptions
    only with --texts.
    """
    from connects.market.jobs.history import COLUMNS, TEXT_COLUMNS, history_rows
    from connects.vocabulary.csv_lines import csv_lines

    lines = csv_lines((*COLUMNS, *TEXT_COLUMNS) if texts else COLUMNS, history_rows(texts=texts))
    if out == "-":
        for line in lines:
            click.echo(line, nl=False)
        return
    written = -1
    try:
        with Path(out).open("w", encoding="utf-8", newline="") as file:
            for line in lines:
                file.write(line)
                written += 1
    except OSError as error:
        click.echo(f"{out}: {error.strerror or error}", err=True)
        sys.exit(2)
    click.echo(f"{out}: {written:,} posts; `connects estimate train {out}` learns from them")
