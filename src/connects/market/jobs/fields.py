"""The fields of a post, checked as a whole: all problems are reported at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connects.pricing.work_words import work_words
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    JobFacts,
    JobKind,
    Level,
    Range,
    WorkWords,
)
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameter
from connects.vocabulary.skills import SKILL_CHARACTERS, SKILLS_MOST, skills_in
from connects.vocabulary.typed_input import has_control_characters, is_visible

TITLE_CHARACTERS = 120
DESCRIPTION_CHARACTERS = 8_000
CATEGORY_CHARACTERS = 60
BUDGET_CENTS_MOST: Cents = 100_000_000_00
HOURLY_CENTS_MOST: Cents = 10_000_00
DURATION_DAYS_MOST = 3_650
HOURS_A_WEEK_MOST = 168

DURATIONS = {
    "days": Range(1, 6),
    "under_month": UNDER_ONE_MONTH,
    "one_to_three": ONE_TO_THREE_MONTHS,
    "three_to_six": THREE_TO_SIX_MONTHS,
    "over_six": OVER_SIX_MONTHS,
}
WORKLOADS = {"under_30": UNDER_THIRTY_HOURS, "over_30": THIRTY_HOURS_OR_MORE}
"""The lengths and weekly hours that a client can choose from, by the words that forms and the API use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFields:
    """A post as its client wrote it. None, or an empty text, is what was left out.

    `budget_open` says that the stated budget is open to offers. `description_characters` is how long the
    description is where a host keeps it to itself.
    """

    title: str
    description: str = ""
    kind: JobKind
    budget_cents: Cents | None = None
    budget_open: bool = False
    hourly_min_cents: Cents | None = None
    hourly_max_cents: Cents | None = None
    duration: Range | None = None
    hours_per_week: Range | None = None
    level: Level | None = None
    category: str = ""
    skills: tuple[str, ...] = ()
    description_characters: int | None = None

    def facts(self, client_payment_verified: bool | None) -> JobFacts:
        """What the pricing rules see of it."""
        return JobFacts(
            kind=self.kind,
            budget_cents=self.budget_cents,
            hourly_min_cents=self.hourly_min_cents,
            hourly_max_cents=self.hourly_max_cents,
            duration_days=self.duration,
            hours_per_week=self.hours_per_week,
            level=self.level,
            category=self.category or None,
            client_payment_verified=client_payment_verified,
            description_characters=len(self.description.strip())
            or self.description_characters
            or None,
            budget_open=self.budget_open,
            words=words_of(self.kind, self.title, self.description),
        )

    def columns(self) -> dict[str, object]:
        """The same as a row's columns."""
        return {
            "title": self.title.strip(),
            "description": self.description.strip(),
            "kind": self.kind.value,
            "budget_cents": self.budget_cents,
            "budget_open": self.budget_open,
            "hourly_min_cents": self.hourly_min_cents,
            "hourly_max_cents": self.hourly_max_cents,
            "duration_least_days": self.duration.least if self.duration else None,
            "duration_most_days": self.duration.most if self.duration else None,
            "hours_least": self.hours_per_week.least if self.hours_per_week else None,
            "hours_most": self.hours_per_week.most if self.hours_per_week else None,
            "level": self.level.value if self.level else "",
            "category": self.category.strip(),
            "skills": list(skills_in(",".join(self.skills))),
            "description_characters": self.description_characters,
        }


def words_of(kind: JobKind, title: str, description: str) -> WorkWords | None:
    """What a fixed-price post's texts say of its work; no other price rests on them."""
    return work_words(title, description) if kind is JobKind.FIXED else None


def as_asked(post: JobFields) -> JobFields:
    """A post as it was typed, less blanks around its texts and what belongs to the other kind of pay."""
    is_fixed = post.kind is JobKind.FIXED
    return dataclasses.replace(
        post,
        title=post.title.strip(),
        description=post.description.strip(),
        category=post.category.strip(),
        budget_cents=post.budget_cents if is_fixed else None,
        budget_open=is_fixed and post.budget_cents is not None and post.budget_open,
        hourly_min_cents=None if is_fixed else post.hourly_min_cents,
        hourly_max_cents=None if is_fixed else post.hourly_max_cents,
    )


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, as a code with parameters."""

    field: str
    code: Problem
    parameters: Mapping[str, Parameter] = dataclasses.field(default_factory=dict)


def problems_of(post: JobFields) -> tuple[FieldProblem, ...]:
    """Every problem of a post; empty when it can be published."""
    return (
        *_text_problems(post),
        *_skill_problems(post),
        *_money_problems(post),
        *_range_problems(post),
    )


def _text_problems(post: JobFields) -> Iterator[FieldProblem]:
    if not is_visible(post.title):
        yield FieldProblem("title", Problem.REQUIRED)
    for name, text, most in (
        ("title", post.title, TITLE_CHARACTERS),
        ("description", post.description, DESCRIPTION_CHARACTERS),
        ("category", post.category, CATEGORY_CHARACTERS),
    ):
        if len(text) > most:
            yield FieldProblem(name, Problem.TOO_LONG, {"most": most})
        elif has_control_characters(text):
            yield FieldProblem(name, Problem.CONTROL_CHARACTERS)


def _skill_problems(post: JobFields) -> Iterator[FieldProblem]:
    if len(post.skills) > SKILLS_MOST:
        yield FieldProblem("skills", Problem.TOO_MANY_SKILLS, {"most": SKILLS_MOST})
    if any(len(skill) > SKILL_CHARACTERS for skill in post.skills):
        yield FieldProblem("skills", Problem.TOO_LONG, {"most": SKILL_CHARACTERS})
    elif any(has_control_characters(skill) for skill in post.skills):
        yield FieldProblem("skills", Problem.CONTROL_CHARACTERS)


def _money_problems(post: JobFields) -> Iterator[FieldProblem]:
    for name, cents, most in (
        ("budget", post.budget_cents, BUDGET_CENTS_MOST),
        ("hourly_min", post.hourly_min_cents, HOURLY_CENTS_MOST),
        ("hourly_max", post.hourly_max_cents, HOURLY_CENTS_MOST),
    ):
        if cents is not None and cents <= 0:
            yield FieldProblem(name, Problem.NOT_POSITIVE)
        elif cents is not None and cents > most:
            yield FieldProblem(name, Problem.TOO_LARGE, {"most_cents": most})
    least, most_cents = post.hourly_min_cents, post.hourly_max_cents
    if least is not None and most_cents is not None and least > most_cents:
        yield FieldProblem("hourly_max", Problem.BELOW_MINIMUM)


def _range_problems(post: JobFields) -> Iterator[FieldProblem]:
    for name, span, most in (
        ("duration", post.duration, DURATION_DAYS_MOST),
        ("hours_per_week", post.hours_per_week, HOURS_A_WEEK_MOST),
    ):
        if span is None:
            continue
        if span.least < 0 or (span.most is not None and span.most < max(span.least, 1)):
            yield FieldProblem(name, Problem.NOT_POSITIVE)
        elif max(span.least, span.most or 0) > most:
            yield FieldProblem(name, Problem.TOO_LARGE, {"most": most})
