"""Filters of long lists: the fields that each has, and how it narrows rows by what was typed.

A filter that cannot be read refuses, with the name of its field: a list that left it out would show
more than was asked for, and a bulk act over it would reach too far.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol, TypeAlias

from django.db.models import Model, Q, QuerySet

from connects.vocabulary.countries import country_code
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import LINE_CHARACTERS, Typed, day, whole_number
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

_OPTIONS = (
    *(mark("Abandoned"), mark("Mismatched"), mark("Refunding"), mark("Refunded")),
    *(mark("Fixed"), mark("Hourly"), mark("Entry"), mark("Intermediate"), mark("Expert")),
    *(mark("Freelancer"), mark("Agency"), mark("Client"), mark("Card"), mark("Prepaid")),
    *(mark("Earnings"), mark("Test"), mark("Courtesy grant")),
    *(mark("Connects taken back"), mark("Debt written off")),
    *(mark("Submitted"), mark("The marketplace"), mark("An API client")),
    *(mark("Moderator"), mark("Support"), mark("Finance"), mark("Policy"), mark("Operator")),
)
"""Values of columns that are offered to choose from, as forms show them; other states are marked
where they are shown.
"""

Rows: TypeAlias = QuerySet[Any]
Narrow: TypeAlias = Callable[[Rows], Rows]
"""Leaves those rows out that do not fit."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a filter, for a form: `kind` is the kind of input, `options` (value, words) a choice."""

    name: str
    label: str
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    most: int = LINE_CHARACTERS


class Filter(Protocol):
    """What rows can be narrowed by."""

    @property
    def name(self) -> str:
        """What it is called in permissions and addresses."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its form."""

    def narrow(self, typed: Typed) -> Narrow | Refused | None:
        """How it narrows rows; None where nothing was typed, a refusal where it makes no sense."""


def _by(condition: Q) -> Narrow:
    return lambda rows: rows.filter(condition)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several states: each with its words, and the condition for it."""

    name: str
    label: str
    options: Mapping[str, tuple[str, Q]]

    @property
    def fields(self) -> tuple[Field, ...]:
        words = tuple((value, _(words)) for value, (words, _fits) in self.options.items())
        return (Field(self.name, _(self.label), "choice", words),)

    def narrow(self, typed: Typed) -> Narrow | Refused | None:
        chosen = typed.choice(self.name)
        if not chosen:
            return None
        if chosen not in self.options:
            return invalid(Problem.UNKNOWN, field=_(self.label))
        return _by(self.options[chosen][1])


def of_column(
    name: str, label: str, choices: list[tuple[str, str]], column: str | None = None
) -> Choice:
    """A choice among the values of a column."""
    options = {
        value: (words[:1].upper() + words[1:], Q(**{column or name: value}))
        for value, words in choices
    }
    return Choice(name, label, options)


@dataclass(frozen=True, slots=True)
class Kinds:
    """One of several sources of a list: each with its words, and the rows that it has."""

    name: str
    label: str
    options: Mapping[str, tuple[str, type[Model]]]

    @property
    def fields(self) -> tuple[Field, ...]:
        words = tuple((value, _(words)) for value, (words, _fits) in self.options.items())
        return (Field(self.name, _(self.label), "choice", words),)

    def narrow(self, typed: Typed) -> Narrow | Refused | None:
        chosen = typed.choice(self.name)
        if not chosen:
            return None
        if chosen not in self.options:
            return invalid(Problem.UNKNOWN, field=_(self.label))
        kind = self.options[chosen][1]
        return lambda rows: rows if rows.model is kind else rows.none()


@dataclass(frozen=True, slots=True)
class Words:
    """What is typed freely; `find` says what fits."""

    name: str
    label: str
    find: Callable[[Rows, str], Rows]
    most: int = LINE_CHARACTERS

    @property
    def fields(self) -> tuple[Field, ...]:
        return (Field(self.name, _(self.label), most=self.most),)

    def narrow(self, typed: Typed) -> Narrow | Refused | None:
        text = typed.line(self.name, self.most)
        return (lambda rows: self.find(rows, text)) if text else None


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What is typed freely and looked up once, where the lookup has a cost of its own."""

    name: str
    label: str
    condition: Callable[[str], Q]
    most: int = LINE_CHARACTERS

    @property
    def fields(self) -> tuple[Field, ...]:
        return (Field(self.name, _(self.label), most=self.most),)

    def narrow(self, typed: Typed) -> Narrow | Refused | None:
        text = typed.line(self.name, self.most)
        return _by(self.condition(text)) if text else None


@dataclass(frozen=True, slots=True)
class Country:
    """A country, by its name or its code."""

    name: str
    label: str
    column: str

    @property
    def fields(self) -> tuple[Field, ...]:
        return (Field(self.name, _(self.label)),)

    def narrow(self, typed: Typed) -> Narrow | Refused | None:
        text = typed.line(self.name)
        code = country_code(text) if text else None
        if text and code is None:
            return invalid(Problem.NOT_A_COUNTRY, field=_(self.label))
        return _by(Q(**{self.column: code})) if code else None


def exactly(name: str, label: str, *columns: str) -> Words:
    """What is typed is what one of the columns holds."""

    def find(rows: Rows, text: str) -> Rows:
        fits = Q()
        for column in columns or (name,):
            fits |= Q(**{column: text})
        return rows.filter(fits)

    return Words(name, label, find)


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another (UTC), both included."""

    name: str
    label: str
    column: str

    @property
    def fields(self) -> tuple[Field, ...]:
        return (
            Field(f"{self.name}-from", _("{what} from", what=_(self.label)), "date"),
            Field(f"{self.name}-to", _("{what} to", what=_(self.label)), "date"),
        )

    def narrow(self, typed: Typed) -> Narrow | Refused | None:
        first, last = (typed.line(field.name) for field in self.fields)
        if not (first or last):
            return None
        begin, end = day(first), day(last)
        for text, read, field in ((first, begin, self.fields[0]), (last, end, self.fields[1])):
            if text and read is None:
                return invalid(Problem.NOT_A_DAY, field=field.label)
        if begin is not None and end is not None and end < begin:
            return invalid(Problem.CONTRADICTS, field=self.fields[1].label, least=first)
        fits = Q()
        if begin is not None:
            fits &= Q(**{f"{self.column}__gte": datetime.combine(begin, time(), UTC)})
        if end is not None:
            after = datetime.combine(end, time(), UTC) + timedelta(days=1)
            fits &= Q(**{f"{self.column}__lt": after})
        return _by(fits)


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from one to another, both included."""

    name: str
    label: str
    column: str

    @property
    def fields(self) -> tuple[Field, ...]:
        return (
            Field(f"{self.name}-least", _("{what}, at least", what=_(self.label)), "number"),
            Field(f"{self.name}-most", _("{what}, at most", what=_(self.label)), "number"),
        )

    def narrow(self, typed: Typed) -> Narrow | Refused | None:
        texts = [typed.line(field.name) for field in self.fields]
        if not any(texts):
            return None
        numbers = [whole_number(text) for text in texts]
        for text, number, field in zip(texts, numbers, self.fields, strict=True):
            if text and number is None:
                return invalid(Problem.NOT_WHOLE, field=field.label)
        least, most = numbers
        if least is not None and most is not None and most < least:
            return invalid(Problem.CONTRADICTS, field=self.fields[1].label, least=least)
        fits = Q()
        if least is not None:
            fits &= Q(**{f"{self.column}__gte": least})
        if most is not None:
            fits &= Q(**{f"{self.column}__lte": most})
        return _by(fits)
