"""What a freelancer asks for in a proposal: their own price or rate, and the time that they need."""

from __future__ import annotations

from dataclasses import dataclass

from connects.market.jobs.fields import BUDGET_CENTS_MOST, HOURLY_CENTS_MOST
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

DAYS_MOST = 3_650


@dataclass(frozen=True, slots=True)
class Asking:
    """A price for the whole of a fixed-price job, or a rate an hour, and days. None: left open."""

    price_cents: Cents | None = None
    hourly_cents: Cents | None = None
    days: int | None = None


NOTHING_ASKED = Asking()


def asking_problem(asking: Asking, kind: JobKind) -> Refused | None:
    """A refusal with `invalid` of amounts and days that are none, or that belong to the other kind."""
    if asking.price_cents is None and asking.hourly_cents is None and asking.days is None:
        return None
    other = "hourly_cents" if kind is JobKind.FIXED else "price_cents"
    if getattr(asking, other) is not None:
        return invalid(Problem.OTHER_KIND_OF_PAY, field=other)
    for field, most in (
        ("price_cents", BUDGET_CENTS_MOST),
        ("hourly_cents", HOURLY_CENTS_MOST),
        ("days", DAYS_MOST),
    ):
        number = getattr(asking, field)
        if number is not None and number <= 0:
            return invalid(Problem.NOT_POSITIVE, field=field)
        if number is not None and number > most:
            return invalid(Problem.TOO_LARGE, field=field, most=most)
    return None
