"""Conditions on amounts, lengths and counts: each says from where to where it holds."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from connects.policy.clause import CentsFromText, Count, Positive, Terms
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import Range


class ValueSpan(Terms):
    """Amounts of money: from or over a least, up to or under a most. What is left out is open."""

    over: CentsFromText | None = None
    at_least: CentsFromText | None = None
    up_to: CentsFromText | None = None
    under: CentsFromText | None = None

    @model_validator(mode="after")
    def _one_bound_a_side(self) -> ValueSpan:
        if self.over is not None and self.at_least is not None:
            raise ValueError("either over or at_least, not both")
        if self.up_to is not None and self.under is not None:
            raise ValueError("either up_to or under, not both")
        if self.least > self.most:
            raise ValueError("a span that holds some value")
        return self

    @property
    def least(self) -> Cents:
        """The smallest value in the span."""
        if self.over is not None:
            return self.over + 1
        return self.at_least or 0

    @property
    def most(self) -> Cents:
        """The largest value in the span; far beyond all values where it is open."""
        if self.under is not None:
            return self.under - 1
        return 10**18 if self.up_to is None else self.up_to

    def holds(self, cents: Cents) -> bool:
        return self.least <= cents <= self.most


class CountSpan(Terms):
    """Whole numbers: from a least up to a most, both included."""

    at_least: Count | None = None
    up_to: Count | None = None

    @model_validator(mode="after")
    def _holds_some(self) -> CountSpan:
        if self.at_least is None and self.up_to is None:
            raise ValueError("at_least, up_to, or both")
        if self.at_least is not None and self.up_to is not None and self.at_least > self.up_to:
            raise ValueError("a span that holds some number")
        return self

    def holds(self, number: int) -> bool:
        return (self.at_least or 0) <= number and (self.up_to is None or number <= self.up_to)


def _hundredths(value: Any) -> Any:
    if type(value) not in (int, float) or not 0 <= value <= 5:
        raise ValueError("a rating from 0 to 5, such as 4.5")
    return round(value * 100)


Rating = Annotated[int, BeforeValidator(_hundredths), Field(ge=0, le=500)]
"""Hundredths of a star, written as stars."""


class RatingSpan(Terms):
    """Mean ratings: from a least on, or under a most, or both. 0 is who was never rated."""

    at_least: Rating | None = None
    under: Rating | None = None

    @model_validator(mode="after")
    def _holds_some(self) -> RatingSpan:
        if self.at_least is None and self.under is None:
            raise ValueError("at_least, under, or both")
        if self.under is not None and (self.at_least or 0) >= self.under:
            raise ValueError("a span that holds some rating")
        return self

    def holds(self, hundredths: int) -> bool:
        return (self.at_least or 0) <= hundredths and (
            self.under is None or hundredths < self.under
        )


class DurationIs(Terms):
    """How long the job takes: certainly under a number of days, or not certainly so."""

    under_days: Positive | None = None
    not_under_days: Positive | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> DurationIs:
        if (self.under_days is None) == (self.not_under_days is None):
            raise ValueError("exactly one of under_days and not_under_days")
        return self

    def holds(self, duration: Range | None) -> bool:
        bound = self.under_days or self.not_under_days or 0
        certain = duration is not None and duration.certainly_under(bound)
        return certain is (self.under_days is not None)


class HoursAre(Terms):
    """How many hours a week: certainly a number or more, or not certainly so."""

    at_least: Positive | None = None
    not_at_least: Positive | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> HoursAre:
        if (self.at_least is None) == (self.not_at_least is None):
            raise ValueError("exactly one of at_least and not_at_least")
        return self

    def holds(self, hours: Range | None) -> bool:
        bound = self.at_least or self.not_at_least or 0
        certain = hours is not None and hours.certainly_at_least(bound)
        return certain is (self.at_least is not None)
