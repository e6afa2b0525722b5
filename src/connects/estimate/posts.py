"""A post as the estimates see it: all that a client says, and what is known of the client.

Everything but the kind may be missing. A text that is missing is empty, a number None.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts, JobKind, Range

BELIEVED_OVER: Cents = 5_00
"""Budgets up to this, the least that the marketplaces take, teach nothing about what work is worth."""

DURATIONS = ("lt_1m", "1_3m", "3_6m", "gt_6m")
LEVELS = ("entry", "intermediate", "expert")
WORKLOADS = ("lt_30", "30_plus")
_MONTH_BOUNDS = (30, 90, 180)
_FULL_TIME_HOURS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post. `rate_cents` is the middle of an hourly range; `posted` a sortable text of the instant.

    `client` tells clients apart and means nothing else; `hour` is that of publication, UTC. The texts
    themselves, `title` and `description`, are seldom there.
    """

    kind: JobKind
    job_id: str = ""
    source: str = ""
    budget_cents: Cents | None = None
    rate_cents: Cents | None = None
    level: str = ""
    duration: str = ""
    workload: str = ""
    category: str = ""
    subcategory: str = ""
    skills: tuple[str, ...] = ()
    country: str = ""
    client: str = ""
    client_verified: bool | None = None
    client_spend: float | None = None
    client_reviews: float | None = None
    client_rating: float | None = None
    client_hires: float | None = None
    title_characters: int | None = None
    description_characters: int | None = None
    freelancers_to_hire: int | None = None
    posted: str = ""
    hour: int | None = None
    title: str = ""
    description: str = ""

    @property
    def target_cents(self) -> Cents | None:
        """What an estimate of this post can be checked against: a believed budget, or a rate."""
        if self.kind is JobKind.HOURLY:
            return self.rate_cents if (self.rate_cents or 0) > 0 else None
        return self.budget_cents if (self.budget_cents or 0) > BELIEVED_OVER else None

    @property
    def fingerprint(self) -> str:
        """The post's fingerprint: everything but its amount.

        Its number alone would not do: files number their posts independently, so one number may mean
        two posts.
        """
        looks = (
            *(self.job_id, self.posted, self.category, self.subcategory, self.skills, self.level),
            *(self.duration, self.title_characters, self.description_characters),
        )
        return hashlib.blake2b(repr(looks).encode(), digest_size=8).hexdigest()

    @property
    def instant(self) -> datetime | None:
        """When it was posted; UTC where it does not say."""
        try:
            found = datetime.fromisoformat(self.posted)
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    @property
    def hours(self) -> float | None:
        """Hours from 1970 until it was posted."""
        instant = self.instant
        return None if instant is None else instant.timestamp() / 3_600


def rate_of(facts: JobFacts) -> Cents | None:
    """The middle of the hourly range that a post states, or the one end of it that it does."""
    stated = [c for c in (facts.hourly_min_cents, facts.hourly_max_cents) if c is not None]
    return sum(stated) // len(stated) if stated else None


def duration_word(span: Range | None) -> str:
    """The word for a job's length: by its least number of days."""
    if span is None:
        return ""
    return DURATIONS[sum(span.least >= bound for bound in _MONTH_BOUNDS)]


def workload_word(span: Range | None) -> str:
    """The word for hours a week: under thirty, or thirty and more."""
    return "" if span is None else WORKLOADS[span.least >= _FULL_TIME_HOURS]
