"""A study as data: what is played, for how long, how often, and what is asked of it.

It is read as strictly as a rule book: nothing unknown, nothing of another kind, and everything that is
wrong is told at once, with its line.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictStr,
    ValidationError,
    field_validator,
    model_validator,
)

from connects.policy.clause import Terms, in_its_place, names_of_their_own
from connects.policy.parse import DocumentProblems, not_read, not_toml, problems_of
from connects.studies.market.measures import MEASURES
from connects.vocabulary.documents import Unreadable, document_text, toml_tables

SEEDS_MOST = 1000
FIRST_SEED_MOST = 10**9
DAYS_MOST = 1830
FEWEST_DAYS_AFTER_WARM_UP = 31
"""Posts of a study's last 30 days are not judged, since most of them are still open."""


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _in_one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("words in one line, without control characters")
    return text


class StudyProblems(DocumentProblems):
    """A study that cannot be played, with all that is wrong."""


Tables = Annotated[dict[str, Any], Field(default_factory=dict)]


class MixedArm(Terms):
    """A second rule book, the arm's own unless it is named, for a share of the accounts or posts."""

    policy: StrictStr | None = None
    change: Tables
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    by: Literal["account", "job"] = "account"


class StudyArm(Terms):
    """One way in which the market could be; `behaviour` changes how its people act."""

    name: Annotated[StrictStr, Field(min_length=1, max_length=60), AfterValidator(_in_one_line)]
    policy: StrictStr
    change: Tables
    behaviour: Tables
    mixed: MixedArm | None = None


class Question(Terms):
    """What is asked: the measures, and the arm with which the others are compared."""

    metrics: Annotated[tuple[StrictStr, ...], BeforeValidator(_as_tuple), Field(min_length=1)] = (
        tuple(name for name, measure in MEASURES.items() if measure.is_usual)
    )
    against: StrictStr | None = None

    @field_validator("metrics")
    @classmethod
    def _are_measured(cls, metrics: tuple[str, ...]) -> tuple[str, ...]:
        for name in metrics:
            if name not in MEASURES:
                near = get_close_matches(name, MEASURES, 3) or sorted(MEASURES)
                raise ValueError(f"measures such as {', '.join(near)}")
        if len(metrics) != len(set(metrics)):
            raise ValueError("each measure once")
        return metrics


class Study(Terms):
    """The whole of it. `behaviour` is that of every arm, before what the arm itself says."""

    title: Annotated[StrictStr, Field(min_length=1, max_length=120), AfterValidator(_in_one_line)]
    days: Annotated[int, Field(ge=FEWEST_DAYS_AFTER_WARM_UP, le=DAYS_MOST)] = 180
    warm_up_days: Annotated[int, Field(ge=0, le=DAYS_MOST)] = 30
    seeds: Annotated[int, Field(ge=1, le=SEEDS_MOST)] = 20
    first_seed: Annotated[int, Field(ge=1, le=FIRST_SEED_MOST)] = 1
    population: StrictStr = "upwork-2023"
    freelancers: Annotated[int, Field(ge=50, le=2_000_000)] | None = None
    behaviour: Tables
    arm: Annotated[tuple[StudyArm, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    question: Question = Question()

    @model_validator(mode="after")
    def _adds_up(self) -> Study:
        names = [arm.name for arm in self.arm]
        wrong = names_of_their_own("arm", names)
        least = self.warm_up_days + FEWEST_DAYS_AFTER_WARM_UP
        if self.days < least:
            expected = f"{least} or more ({FEWEST_DAYS_AFTER_WARM_UP} more than warm_up_days)"
            wrong.append((("days",), expected, str(self.days)))
        if self.question.against not in (None, *names):
            expected = f"the name of an arm ({', '.join(names)})"
            wrong.append((("question", "against"), expected, repr(self.question.against)[:60]))
        if wrong:
            raise in_its_place(*wrong)
        return self

    @property
    def against(self) -> str:
        """The arm with which the others are compared: the first, unless the question names one."""
        return self.question.against or self.arm[0].name


def read_study(path: Path) -> tuple[Study, str]:
    """A study's file, and its text. Raises StudyProblems with all that is wrong."""
    try:
        text = document_text(path)
    except Unreadable as error:
        raise StudyProblems((not_read(error, str(path)),)) from error
    return parse_study(text, str(path)), text


def parse_study(text: str, origin: str) -> Study:
    """A study's text. Raises StudyProblems with all that is wrong."""
    try:
        tables = toml_tables(text)
    except Unreadable as error:
        raise StudyProblems((not_toml(error, origin, text),)) from error
    try:
        return Study.model_validate(tables)
    except ValidationError as error:
        raise StudyProblems(tuple(problems_of(error, origin, tables, "study", text))) from error
