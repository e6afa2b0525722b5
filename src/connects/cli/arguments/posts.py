"""Arguments and remarks of all commands that read posts: `--map`, how the file was read, and when it is
too little to end well.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import click

from connects.posts.mapping import ColumnMap, read_map
from connects.posts.output import OutputRefused, check_place
from connects.posts.reading import PostsFile
from connects.posts.table import open_table
from connects.posts.unreadable import TableUnreadable

LEAST_PERCENT = 50.0
TOO_LITTLE = 1
LISTED = 20

MAP = click.option(
    "--map", "map_file", help="what FILE's columns mean: a mapping that `connects posts map` wrote"
)
LEAST = click.option(
    "--least",
    default=LEAST_PERCENT,
    type=click.FloatRange(0, 100),
    show_default=True,
    help="exit 1 if fewer than this percentage of rows can be priced",
)


def stop(message: str) -> NoReturn:
    _say(message)
    sys.exit(2)


def _say(message: str) -> None:
    """Say what may quote a file: without signs that a terminal takes for commands."""
    shown = (c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in message)
    click.echo("".join(shown), err=True)


def map_argument(map_file: str | None) -> ColumnMap | None:
    """The mapping in a file; the command stops where it is none."""
    try:
        return None if map_file is None else read_map(map_file)
    except TableUnreadable as error:
        stop(str(error))


def check_outputs(outs: Sequence[str | None], inputs: Sequence[str | None]) -> None:
    """Stop before any work where an output is one of the inputs, or cannot be written."""
    try:
        for out in outs:
            if out is not None and out != "-":
                check_place(out, [each for each in inputs if each])
    except OutputRefused as error:
        stop(str(error))


@contextmanager
def posts_file(
    name: str,
    map_file: str | None,
    columns: Sequence[str] = (),
    currency: str = "USD",
    *,
    quiet: bool = False,
) -> Iterator[PostsFile]:
    """The file's posts; what was found about it is said before and after. Stops where there are none."""
    try:
        with open_table(name, map_argument(map_file), columns, currency) as file:
            if not quiet:
                say_columns(file)
            yield file
            if not quiet:
                say_remarks(file)
    except TableUnreadable as error:
        stop(str(error))


def say_columns(file: PostsFile) -> None:
    """Which columns were taken for which, and which were not used."""
    told = [f"{ours} from {theirs!r}" for ours, theirs in file.guesses.items()]
    if told:
        _say(f"{file.name}: {file.raw.shape}; read: {', '.join(told)}")
    unused = [column[:60] for column in file.unused]
    if unused:
        more = f" and {len(unused) - LISTED} more" if len(unused) > LISTED else ""
        _say(f"{file.name}: not used: {', '.join(unused[:LISTED])}{more}")


def say_remarks(file: PostsFile) -> None:
    for remark in file.remarks():
        _say(f"{file.name}: {remark}")


def say_sources(file: PostsFile, sources: Collection[str], *, quiet: bool) -> None:
    """Warn where posts of several sources were put together, which may have been collected otherwise."""
    if len(sources) > 1 and not quiet:
        told = ", ".join(sorted(source or "(none)" for source in sources)[:LISTED])
        click.echo(
            f"{file.name}: posts of {len(sources)} sources are put together ({told}); --source picks one",
            err=True,
        )


def reading_document(file: PostsFile) -> dict[str, object]:
    """How a file was read, for programs."""
    return {
        "shape": file.raw.shape,
        "columns": dict(file.mapping.columns),
        "unused": file.unused,
        "remarks": file.remarks(),
        "rows_with_amount": file.with_amount,
    }


def exit_where_too_little(file: PostsFile, priced: int, least: float = LEAST_PERCENT) -> None:
    """Exit 1 where no row has an amount, or too few could be priced."""
    told = ""
    if not file.read:
        told = "there is no row of posts"
    elif priced < file.read * least / 100:
        told = f"only {priced:,} of {file.read:,} rows could be priced"
    elif not file.with_amount:
        told = "no row has an amount, so that every price rests on estimates alone"
    if told:
        click.echo(f"{file.name}: {told}", err=True)
        sys.exit(TOO_LITTLE)
