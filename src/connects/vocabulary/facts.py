"""The facts about a job that the rules need: frozen, complete, and free of any database.

A post states things exactly ("3 days", 10 hours a week) or as a range ("under a month", "30 hours or
more"). Both are ranges here, an exact one with two equal ends. So a rule can ask the only thing that is
safe to ask of a range: is it *certainly* under, or certainly at least, a bound?
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from connects.vocabulary.amounts import Cents


class JobKind(StrEnum):
    FIXED = "fixed"
    HOURLY = "hourly"


class Level(StrEnum):
    """The experience that the client asks for."""

    ENTRY = "entry"
    INTERMEDIATE = "intermediate"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from `least` to `most`, both included; `most` is None where it is open."""

    least: int
    most: int | None

    @classmethod
    def exactly(cls, number: int) -> Range:
        return cls(number, number)

    def holds(self, number: int) -> bool:
        return self.least <= number and (self.most is None or number <= self.most)

    def certainly_under(self, bound: int) -> bool:
        return self.most is not None and self.most < bound

    def certainly_at_least(self, bound: int) -> bool:
        return self.least >= bound


UNDER_ONE_MONTH = Range(0, 29)
ONE_TO_THREE_MONTHS = Range(30, 89)
THREE_TO_SIX_MONTHS = Range(90, 179)
OVER_SIX_MONTHS = Range(180, None)
UNDER_THIRTY_HOURS = Range(1, 29)
THIRTY_HOURS_OR_MORE = Range(30, None)


@dataclass(frozen=True, slots=True)
class WorkWords:
    """What a post's own words say: how many speak of `small` work and of `large`, and of its budget.

    `leaves_open` says that the amount is left to the bids, `is_meant` that it is what will be paid.
    """

    small: int = 0
    large: int = 0
    leaves_open: bool = False
    is_meant: bool = False


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A post as the pricing rules see it. None means that the client left it out.

    `budget_cents` is a fixed-price job's budget, `hourly_min_cents` and `hourly_max_cents` an hourly
    job's range, all in minor units of the rule book's currency; `duration_days` and
    `hours_per_week` are ranges; `client_payment_verified` is None where it is not known. Of the client's
    earlier posts `client_posts_ended` have ended or were forgotten, `client_left_open` of them forgotten.
    `client_hires` is how many hires the client had made, as far as is known. What they had spent, and how
    they were reviewed, is None where it is not known; a rating is the mean, in hundredths of a star.
    `budget_open` is true once the client has said that the budget is open to offers.
    `description_characters` is how long the text is, None where it is not known; `words` is what the
    text says, None where it is not there.
    """

    kind: JobKind
    budget_cents: Cents | None = None
    hourly_min_cents: Cents | None = None
    hourly_max_cents: Cents | None = None
    duration_days: Range | None = None
    hours_per_week: Range | None = None
    level: Level | None = None
    category: str | None = None
    client_payment_verified: bool | None = None
    client_posts_ended: int = 0
    client_left_open: int = 0
    description_characters: int | None = None
    budget_open: bool = False
    client_spend_cents: Cents | None = None
    client_hires: int = 0
    client_reviews: int | None = None
    client_rating_hundredths: int | None = None
    words: WorkWords | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """A category's demand when the price is fixed.

    `index_thousandths` is proposals per open job in the category over the same for the whole
    marketplace, times 1,000 (1,000 is the average); `jobs` is how many jobs the category had in
    the window, and None where the index was set by hand and stands for itself.
    """

    index_thousandths: int = 1000
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What history says that a post is worth, where the post does not say it itself.

    `cents` are the whole budget of a fixed-price job, or an hour's rate of an hourly one; with a chance
    of 80 % it lies between `low_cents` and `high_cents`. `model` names what estimated it.
    """

    cents: Cents
    low_cents: Cents
    high_cents: Cents
    model: str
