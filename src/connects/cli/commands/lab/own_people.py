"""The people of a study that the console asked for: drawn from what is recorded here, or those that ship.

They are drawn once, when the process that plays the study begins, and kept as long as it is not done: a
process that was lost and is started again meets the same ones, and goes on where it was.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

SHIPPED = "upwork-2023"


class People(NamedTuple):
    """A population as a study names it; `instead` is why it is not the one that was asked for."""

    name: str
    instead: str = ""


def own_people(file: Path, now: datetime) -> People:
    """Those of the file, drawn now where it is not there; those that ship, where too few are recorded."""
    from connects.lab.population.agents import PopulationProblem, parse_population
    from connects.lab.replay.drawn import as_csv, as_toml, drawn_from
    from connects.lab.replay.reading.columns import Unusable
    from connects.lab.replay.reading.database import database
    from connects.posts.output import write_pair

    if file.is_file():
        return People(str(file))
    title = f"Drawn from what this marketplace had recorded on {now:%-d %B %Y}"
    posts = file.with_suffix(".csv")
    try:
        with database() as source:
            drawn = drawn_from(source, title)
        text = as_toml(drawn, posts.name)
        parse_population(text, file.name)
    except (Unusable, PopulationProblem) as error:
        return People(SHIPPED, str(error).strip().rstrip("."))
    file.parent.mkdir(parents=True, exist_ok=True)
    write_pair(str(file), text, str(posts), as_csv(drawn))
    return People(str(file))


def forget(file: Path) -> None:
    """The study is done: its people are not needed any more."""
    file.unlink(missing_ok=True)
    file.with_suffix(".csv").unlink(missing_ok=True)
