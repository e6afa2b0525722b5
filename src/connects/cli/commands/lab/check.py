"""`connects lab check`: whether the market does what field experiments found."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import click

from connects.cli.laboratory import needs_lab

if TYPE_CHECKING:
    from connects.lab.checks.verdicts import Verdict


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print the verdicts as JSON")
@click.option(
    "--only",
    "numbers",
    type=click.IntRange(1, 21),
    multiple=True,
    help="only this check; may be repeated",
)
@click.option(
    "--seeds",
    type=click.IntRange(2, 200),
    default=20,
    show_default=True,
    help="markets for each arm",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, 21),
    help="how many work at once; without it, one for each core",
)
def check(*, as_json: bool, numbers: tuple[int, ...], seeds: int, processes: int) -> None:
    """Play the 21 checks; exit 1 if one is out of its band, or a mutant passes.

    Each says what was observed, and the band that was set beforehand. A mutant is the same market without
    the mechanism that a check is about: there the check must fail, or it proves nothing.
    """
    needs_lab()
    from connects.lab.checks.verdicts import verdicts

    found = []
    for verdict in verdicts(seeds=seeds, processes=processes, only=numbers):
        found.append(verdict)
        if not as_json:
            click.echo(_line(verdict))
    if as_json:
        click.echo(json.dumps({"checks": [each.as_json() for each in found]}, indent=2))
    wrong = [each for each in found if not each.holds]
    if not as_json:
        passed = sum(each.passed for each in found)
        mutants = [each.mutant_fails for each in found if each.mutant_fails is not None]
        click.echo(f"{passed} of {len(found)} pass; {sum(mutants)} of {len(mutants)} mutants fail.")
    sys.exit(1 if wrong else 0)


def _line(verdict: Verdict) -> str:
    mark = "pass" if verdict.passed else "FAIL"
    mutant = {None: "", True: "\n    mutant fails, as it must", False: "\n    MUTANT PASSES"}
    return (
        f"{verdict.number:2} {mark}  {verdict.name}\n    observed: {verdict.observed}\n"
        f"    band: {verdict.band}{mutant[verdict.mutant_fails]}"
    )
