"""`connects lab population`: a population drawn from a marketplace's own records."""

from __future__ import annotations

from pathlib import Path

import click

from connects.cli.arguments import lab
from connects.cli.commands.lab.replay import files_of, problems_in_words, source_of
from connects.cli.django_setup import start_django
from connects.cli.laboratory import needs_lab


@click.command()
@click.option("--database", is_flag=True, help="read the marketplace's database (the default)")
@click.option(
    "--csv", "folder", type=click.Path(path_type=Path), help="read a folder of files instead"
)
@click.option("--title", default="Drawn from a marketplace's records", help="its title")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("population.toml"),
    show_default=True,
    help="the file to write; its posts go into a CSV file beside it",
)
def population(*, database: bool, folder: Path | None, title: str, out: Path) -> None:
    """Draw a population from what is recorded, for `connects lab run` to play.

    It writes two files, with shares and rates alone: no account, client or post is in them.
    """
    needs_lab()
    if database and folder is not None:
        raise click.UsageError("Either --database or --csv.")
    if out.suffix != ".toml":
        raise click.UsageError("--out must end in .toml.")
    start_django()
    from connects.lab.population.agents import PopulationProblem, parse_population
    from connects.lab.replay.drawn import as_csv, as_toml, drawn_from
    from connects.posts.output import OutputRefused, write_pair

    posts = out.with_suffix(".csv")
    read = [str(path) for path in files_of(folder)]
    for each in (out, posts):
        lab.check_report(str(each), read)
    with problems_in_words(), source_of(folder) as source:
        drawn = drawn_from(source, title)
    text = as_toml(drawn, posts.name)
    try:
        made = parse_population(text, out.name)
    except PopulationProblem as error:  # a marketplace beyond the bounds of what can be played
        lab.stop(f"Nothing was written.\n{error}")
    try:
        write_pair(str(out), text, str(posts), as_csv(drawn), read)
    except OutputRefused as error:
        lab.stop(str(error))
    click.echo(
        f"{out} and {posts.name}: {made.freelancers:,} freelancers, {made.clients:,} clients,"
        f" {len(made.categories)} categories, {len(drawn.posts)} kinds of posts."
    )
