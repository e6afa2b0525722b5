"""`connects posts`: what a file of posts holds, and what its columns mean."""

from __future__ import annotations

import click

from connects.cli.arguments.posts import stop
from connects.posts.cells import text_of
from connects.posts.guessing import guessed
from connects.posts.mapping import ColumnMap, map_lines
from connects.posts.output import OutputRefused, write_whole
from connects.posts.table import open_raw
from connects.posts.tables import FileSettings, RawTable
from connects.posts.unreadable import TableUnreadable

EXAMPLE_CHARACTERS = 40


@click.group()
def posts() -> None:
    """See what a file of posts holds, and what its columns mean."""


@posts.command("map", short_help="Guess what the columns of a file mean.")
@click.argument("file")
@click.option("--out", help="write the mapping to this file, not to standard output")
@click.option("--sheet", default="", help="the sheet of a workbook")
@click.option(
    "--rows", default="", help="where in a JSON document the posts are, such as data.jobs"
)
def map_file(file: str, out: str | None, sheet: str, rows: str) -> None:
    """Guess what FILE's columns mean, as a mapping for --map that can be completed by hand."""
    try:
        with open_raw(file, FileSettings(sheet=sheet, rows=rows)) as raw:
            found = guessed(raw, FileSettings())
    except TableUnreadable as error:
        stop(str(error))
    text = mapping_text(file, raw, found)
    if out is None or out == "-":
        click.echo(text, nl=False)
        return
    try:
        write_whole(out, text, [file])
    except OutputRefused as error:
        stop(str(error))
    click.echo(
        f"{out}: {len(found.columns)} of {len(raw.columns)} columns; use it with --map {out}"
    )


def mapping_text(file: str, raw: RawTable, found: ColumnMap) -> str:
    """The mapping as TOML, with an example of each column, and those that mean nothing yet."""
    examples = dict(zip(raw.columns, map(_example, raw.first.columns), strict=False))
    by_place = {f"#{n}": _example(cells) for n, cells in enumerate(raw.first.columns, start=1)}
    known = {**examples, **by_place}
    comments = {ours: known.get(theirs, "") for ours, theirs in found.columns.items()}
    lines = [f"# {_printable(file)}: {_printable(raw.shape)}", ""]
    lines += map_lines(found, raw.settings, comments)
    used = set(found.columns.values())
    left = [column for n, column in enumerate(raw.columns, 1) if not {column, f"#{n}"} & used]
    if left:
        lines += ["", "# Not used:"]
        lines += [f"#   {_printable(column)}: {known.get(column, '')}" for column in left]
    return "\n".join(lines) + "\n"


def _example(cells: object) -> str:
    assert hasattr(cells, "__iter__")
    filled = (text for cell in cells if (text := text_of(cell)))
    return _printable(next(filled, ""))


def _printable(text: str) -> str:
    """One line that ends no comment early."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain[:EXAMPLE_CHARACTERS] + ("…" if len(plain) > EXAMPLE_CHARACTERS else "")
