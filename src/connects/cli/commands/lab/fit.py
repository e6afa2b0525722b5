"""`connects lab fit`: behaviour that makes the market look like real posts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from connects.cli.arguments import lab
from connects.cli.laboratory import needs_lab


@click.command("fit")
@click.option(
    "--points",
    type=click.IntRange(16, 4096),
    default=256,
    show_default=True,
    help="Sobol points; a power of 2",
)
@click.option(
    "--trajectories",
    type=click.IntRange(2, 100),
    default=8,
    show_default=True,
    help="trajectories of Morris's screening",
)
@click.option(
    "--population",
    default="upwork-2023",
    show_default=True,
    help="the name of one that ships, or a file",
)
@click.option(
    "--freelancers",
    type=click.IntRange(50, 100_000),
    default=1500,
    show_default=True,
    help="freelancers in each market",
)
@click.option(
    "--days",
    type=click.IntRange(45, 365),
    default=60,
    show_default=True,
    help="days that each market runs",
)
@click.option(
    "--seeds",
    type=click.IntRange(1, lab.SEEDS_MOST),
    default=2,
    show_default=True,
    help="markets for each point",
)
@lab.OUTPUT
def fit(**options: Any) -> None:
    """Find the behaviour with which the market looks like real posts.

    It names the parameters about which these posts say nothing. Results of field experiments are not
    used: they are kept for the checks. It prints the values as a line for a study and changes nothing.
    Finished runs are kept: a fit that was stopped goes on from where it was.
    """
    needs_lab("SALib", "sklearn")
    from connects.lab.population.agents import PopulationProblem, find_population
    from connects.lab.studies.fit import Fitting, fitted
    from connects.studies.market.fit_page import report

    points, trajectories = options.pop("points"), options.pop("trajectories")
    seeds = options.pop("seeds")
    if points & (points - 1):
        lab.stop(f"--points {points}: expected a power of 2, such as 128 or 256")
    population = options.pop("population")
    try:
        people = find_population(population, Path.cwd())
    except PopulationProblem as error:
        lab.stop(str(error))
    files = [str(Path.cwd() / name) for name in (population, people.posts)]
    people, days = people.sized(options.pop("freelancers")), options.pop("days")
    settings = lab.Settings(**options)
    lab.check_report(settings.report, files)
    play = lab.player(settings, "markets")
    found = fitted(Fitting(people, days, points, seeds, trajectories, play))
    if settings.report is not None:
        lab.write_file(settings.report, report(found), files)
    if settings.as_json:
        click.echo(json.dumps(found.as_json(), indent=2, allow_nan=False))
    else:
        _say(found)
    sys.exit(0)


def _say(found: Any) -> None:
    click.echo(f"distance {found.distance_before:.1f} before, {found.distance:.1f} after")
    for each in found.moments:
        met = "" if each.is_met else "  NOT MET"
        click.echo(
            f"  {each.words[:60]:60} real {each.observed:.3f} ± {each.error:.3f},"
            f" before {each.before:.3f}, after {each.simulated:.3f}{met}"
        )
    click.echo(f"not identified by these figures: {', '.join(found.not_identified) or 'none'}")
    click.echo(found.as_toml())
