"""Moves along a card's ladder, for what is true of a post or of its client.

Marketplaces price the client as well as the job: a client who has hired and paid before is likelier to
hire again. Conditions on the client's record are asked of what was known when the price was fixed.
What is not known counts as nothing: nothing spent, nobody hired, no reviews, no rating. So of two
adjustments, one `up_to` and one over the same number, exactly one applies to every client.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictBool, StrictStr, model_validator

from connects.policy.clause import Terms
from connects.policy.spans import CountSpan, HoursAre, RatingSpan, ValueSpan
from connects.vocabulary.facts import JobFacts, Level

ALWAYS = "always"
UNVERIFIED = "client_payment_unverified"


def _levels(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return tuple(Level(each) if each in set(Level) else each for each in value)


class Condition(Terms):
    """What must all be true: of the client's record, and of the level and hours that the post asks.

    `client_verified` holds where it is known that the client's payment method is (or is not) verified.
    """

    client_spend: ValueSpan | None = None
    client_hires: CountSpan | None = None
    client_reviews: CountSpan | None = None
    client_rating: RatingSpan | None = None
    client_verified: StrictBool | None = None
    levels: Annotated[tuple[Level, ...], BeforeValidator(_levels)] = ()
    hours_per_week: HoursAre | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if self == Condition.model_construct():
            raise ValueError(f"a condition, or {ALWAYS!r}")
        return self

    def holds(self, facts: JobFacts) -> bool:
        return self._client_is(facts) and self._post_asks(facts)

    def _client_is(self, facts: JobFacts) -> bool:
        asked = (
            (self.client_spend, facts.client_spend_cents),
            (self.client_hires, facts.client_hires),
            (self.client_reviews, facts.client_reviews),
            (self.client_rating, facts.client_rating_hundredths),
        )
        return all(span is None or span.holds(known or 0) for span, known in asked) and (
            self.client_verified is None or facts.client_payment_verified is self.client_verified
        )

    def _post_asks(self, facts: JobFacts) -> bool:
        return (not self.levels or facts.level in self.levels) and (
            self.hours_per_week is None or self.hours_per_week.holds(facts.hours_per_week)
        )


def _conditions(value: Any) -> Any:
    """Tables of conditions, of which one must hold; none for what always applies."""
    if value == ALWAYS:
        return ()
    if value == UNVERIFIED:
        return ({"client_verified": False},)
    if isinstance(value, dict):
        return (value,)
    if isinstance(value, list) and value:
        return tuple(value)
    raise ValueError(f"{ALWAYS!r}, {UNVERIFIED!r}, a table of conditions, or a list of such tables")


class Adjustment(Terms):
    """Steps up or down the card's ladder, for posts of which something is true.

    It applies where one of the conditions holds, or always where there is none.
    """

    name: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    when: Annotated[tuple[Condition, ...], BeforeValidator(_conditions)]
    steps: Annotated[int, Field(ge=-10, le=10, strict=True)]

    def applies(self, facts: JobFacts) -> bool:
        return not self.when or any(condition.holds(facts) for condition in self.when)
