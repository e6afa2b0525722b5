"""What every clause of a rule book has, and how its values are read.

Money stands in a rule book as a quoted decimal ("14.99"), so that nobody's TOML library makes a float
of it, and becomes whole cents here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictStr, ValidationInfo
from pydantic_core import PydanticCustomError

from connects.vocabulary.amounts import Cents, Connects, cents_from_decimal, example_amount
from connects.vocabulary.documents import Place

CURRENCY = "currency"
"""The name under which a clause finds the rule book's own currency."""
IN_ITS_PLACE = "in_its_place"
"""The type of error that names places of its own."""


def _cents(value: Any, info: ValidationInfo) -> Any:
    currency = (info.context or {}).get(CURRENCY, "")
    example = example_amount(currency)
    if not isinstance(value, str):
        raise ValueError(f'an amount of money in quotes, such as "{example}"')  # noqa: TRY004 pydantic collects ValueErrors
    try:
        return cents_from_decimal(value, currency)
    except ValueError as error:
        raise ValueError(f'an amount of money such as "{example}"') from error


CentsFromText = Annotated[Cents, BeforeValidator(_cents)]
"""Cents, written as a quoted decimal of the rule book's currency."""

Count = Annotated[Connects, Field(ge=0, le=1_000_000, strict=True)]
"""A number that may be 0."""

Positive = Annotated[Connects, Field(ge=1, le=1_000_000, strict=True)]
"""A number of 1 or more."""

Percent = Annotated[int, Field(ge=0, le=100, strict=True)]


class Terms(BaseModel):
    """A table of a rule book: no key unknown, no value of another type, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Clause(Terms):
    """A table that states a rule: it says where the rule comes from."""

    source: Annotated[StrictStr, Field(min_length=1)]


def in_its_place(*said: tuple[Place, str, str]) -> PydanticCustomError:
    """For a validator that compares parts of a document: for each thing that is wrong, its place, what
    was expected there, and what was found.
    """
    return PydanticCustomError(IN_ITS_PLACE, "parts that go together", {"said": said})


def names_of_their_own(key: str, names: Sequence[str]) -> list[tuple[Place, str, str]]:
    """What is wrong with the names of a list of tables: each that an earlier one has, too."""
    return [
        (
            (key, number, "name"),
            "a name of its own",
            f"{name!r}, which {key}[{names.index(name)}] has, too",
        )
        for number, name in enumerate(names)
        if name in names[:number]
    ]
