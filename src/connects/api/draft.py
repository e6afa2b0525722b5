"""A post that is not published, as a program says it: the fields of the site's own form."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictInt
from pydantic_core import PydanticCustomError

from connects.market.jobs.fields import (
    BUDGET_CENTS_MOST,
    CATEGORY_CHARACTERS,
    DESCRIPTION_CHARACTERS,
    DURATIONS,
    HOURLY_CENTS_MOST,
    TITLE_CHARACTERS,
    WORKLOADS,
    FieldProblem,
    JobFields,
    problems_of,
)
from connects.policy.shelf import shipped_names
from connects.policy.terms import Name
from connects.vocabulary.facts import JobKind, Level
from connects.vocabulary.refusals import Parameter
from connects.vocabulary.typed_input import NOT_SEEN, NOT_TYPED

_SHOWN = f"[^{NOT_TYPED}]"
_INK = f"[^{NOT_SEEN}]"
_IN_CENTS = {"budget", "hourly_min", "hourly_max"}


class _OneOf:
    """One of the words that are offered; the document lists them."""

    def __init__(self, words: Collection[str]) -> None:
        self.words = words

    def __call__(self, word: str) -> str:
        if word not in self.words:
            expected = ", ".join(f"'{known}'" for known in self.words)
            raise PydanticCustomError("unknown", "not one of {expected}", {"expected": expected})
        return word


def _whole(number: object) -> object:
    """A whole number is one however it is written: JSON's 600.0 is its 600."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


# What the document says of texts and amounts; whether a post keeps to it is decided by `problems_of`.
def _text(most: int, pattern: str = rf"^{_SHOWN}*$") -> dict[str, int | str]:
    return {"maxLength": most, "pattern": pattern}


def _cents(most: int) -> dict[str, int | str]:
    return {"minimum": 1, "maximum": most}


Title = Annotated[
    str,
    Field(
        json_schema_extra={
            "minLength": 1,
            **_text(TITLE_CHARACTERS, rf"^{_SHOWN}*{_INK}{_SHOWN}*$"),
        }
    ),
]
Description = Annotated[str, Field(json_schema_extra={**_text(DESCRIPTION_CHARACTERS)})]
Category = Annotated[str, Field(json_schema_extra={**_text(CATEGORY_CHARACTERS)})]
Budget = Annotated[
    StrictInt, BeforeValidator(_whole), Field(json_schema_extra={**_cents(BUDGET_CENTS_MOST)})
]
Rate = Annotated[
    StrictInt, BeforeValidator(_whole), Field(json_schema_extra={**_cents(HOURLY_CENTS_MOST)})
]
Duration = Annotated[
    str, AfterValidator(_OneOf(DURATIONS)), Field(json_schema_extra={"enum": [*DURATIONS]})
]
Workload = Annotated[
    str, AfterValidator(_OneOf(WORKLOADS)), Field(json_schema_extra={"enum": [*WORKLOADS]})
]

# Those that ship; an installation knows its own besides, whose names are taken as well.
Policy = Annotated[Name, Field(json_schema_extra={"enum": list(shipped_names())})]


class DraftPost(Schema):
    """A draft. What is left out, or null, is what its client would rather not say."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    kind: JobKind
    description: Description = ""
    category: Category = ""
    budget_cents: Budget | None = Field(None, description="Of a fixed price; else left aside.")
    budget_open: bool = Field(False, description="The stated budget is open to offers.")
    hourly_min_cents: Rate | None = Field(None, description="By the hour; else left aside.")
    hourly_max_cents: Rate | None = Field(None, description="At least `hourly_min_cents`.")
    duration: Duration | None = None
    hours_per_week: Workload | None = None
    level: Level | None = None
    policy: Policy | None = Field(
        None, description="A rule book's name, such as `fair-2026`; else the one in force for you."
    )

    def job_fields(self) -> JobFields:
        """The post as it is said; `as_asked` makes of it what the services take."""
        return JobFields(
            title=self.title,
            description=self.description,
            kind=self.kind,
            budget_cents=self.budget_cents,
            budget_open=self.budget_open,
            hourly_min_cents=self.hourly_min_cents,
            hourly_max_cents=self.hourly_max_cents,
            duration=DURATIONS[self.duration] if self.duration else None,
            hours_per_week=WORKLOADS[self.hours_per_week] if self.hours_per_week else None,
            level=self.level,
            category=self.category,
        )


def problems_in(post: JobFields) -> list[dict[str, Parameter]]:
    """All that is wrong with a post as it is said, by the names that its fields have here.

    What the other kind of pay would say must be right, too, although it is left aside then: the document
    allows nothing else, and a program that sends it has made a mistake.
    """
    return [_named(problem) for problem in problems_of(post)]


def _named(problem: FieldProblem) -> dict[str, Parameter]:
    field = f"{problem.field}_cents" if problem.field in _IN_CENTS else problem.field
    return {"field": field, "problem": problem.code, **problem.parameters}
