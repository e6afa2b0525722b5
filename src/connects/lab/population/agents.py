"""A population: how many freelancers and clients of which kinds, described in proportions.

population("upwork-2023")            # one that ships
Population.model_validate(tables)    # one of one's own
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from connects.lab.population.posts import read_posts
from connects.policy.parse import not_read, not_toml, problems_of
from connects.vocabulary.documents import Unreadable, document_text, toml_tables

Share = Annotated[float, Field(ge=0, le=100)]
Weight = Annotated[float, Field(gt=0, le=1e6)]


class PopulationProblem(ValueError):
    """A description of a population that cannot be read, with all that is wrong."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Category(_Part):
    """A category: its weight in posts and in freelancers; `technical` ones are for check 16."""

    name: str
    posts: Weight
    freelancers: Weight
    technical: bool = False


class Country(_Part):
    """Countries with like wages: the weight of their freelancers, and what their effort costs."""

    name: str
    freelancers: Weight
    effort: Annotated[float, Field(gt=0, le=10)] = 1.0


class Population(_Part):
    """A marketplace in proportions; its size is said by whoever plays it."""

    title: str
    source: str
    posts: str
    clients_per_freelancer: Annotated[float, Field(gt=0, le=100)]
    posts_per_client_and_month: Annotated[float, Field(gt=0, le=300)]
    arrivals_per_year: Annotated[float, Field(ge=0, le=10)] = 0.0
    verified_percent: Annotated[int, Field(ge=0, le=100)] = 100
    plus_percent: Share = 0
    agency_percent: Share = 0
    hired_before_percent: Share = 50
    categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=50)]
    countries: Annotated[tuple[Country, ...], Field(min_length=1, max_length=50)]
    freelancers: Annotated[int, Field(ge=50, le=2_000_000)] = 10_000

    @field_validator("posts")
    @classmethod
    def _is_a_table_that_ships_or_lies_beside_it(cls, name: str) -> str:
        is_file = name.endswith(".csv") and Path(name).name == name
        if name not in _names(".csv") and not is_file:
            shipped = ", ".join(_names(".csv"))
            raise ValueError(f"a CSV file beside it, or a table of posts that ships: {shipped}")
        return name

    def sized(self, freelancers: int) -> Population:
        """The same marketplace with so many freelancers, and all else in proportion."""
        return self.model_copy(update={"freelancers": freelancers})

    @property
    def clients(self) -> int:
        """How many clients there are, at least one a category."""
        return max(round(self.freelancers * self.clients_per_freelancer), len(self.categories))


@cache
def population(name: str) -> Population:
    """A population that ships, by name. Raises PopulationProblem."""
    if name not in population_names():
        known = ", ".join(population_names())
        raise PopulationProblem(
            f"There is no population {name!r}. Shipped: {known}; or give a file's path."
        )
    text = files("connects.lab.population").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return parse_population(text, f"{name}.toml")


def population_names() -> tuple[str, ...]:
    """The names of the populations that ship, in alphabetical order."""
    return _names(".toml")


@cache
def _names(ending: str) -> tuple[str, ...]:
    here = files("connects.lab.population").iterdir()
    return tuple(
        sorted(each.name.removesuffix(ending) for each in here if each.name.endswith(ending))
    )


def find_population(name_or_path: str, folder: Path) -> Population:
    """One that ships, or one from a file; paths begin at `folder`. Raises PopulationProblem."""
    path = folder / name_or_path
    if name_or_path in population_names() or "." not in name_or_path:
        return population(name_or_path)
    try:
        text = document_text(path)
    except Unreadable as error:
        raise PopulationProblem(str(not_read(error, name_or_path[:100]))) from error
    found = parse_population(text, str(path))
    if found.posts.endswith(".csv"):  # a table of its own, beside it
        found = found.model_copy(update={"posts": str(path.parent / found.posts)})
        try:
            read_posts(found.posts, found.verified_percent)
        except (OSError, KeyError, ValueError, ArithmeticError) as error:
            told = f"{found.posts} is no table of kinds of posts: {error}"
            raise PopulationProblem(told) from error
    return found


def parse_population(text: str, origin: str) -> Population:
    """Read a population's text. Raises PopulationProblem with all that is wrong."""
    try:
        tables = toml_tables(text)
    except Unreadable as error:
        raise PopulationProblem(str(not_toml(error, origin, text))) from error
    try:
        return Population.model_validate(tables)
    except ValidationError as error:
        told = problems_of(error, origin, tables, "population", text)
        raise PopulationProblem("\n".join(map(str, told))) from error
