"""The shape of prices in answers, as the OpenAPI document tells it; `price_document` fills it."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from connects.market.jobs.models import JobStatus
from connects.vocabulary.facts import JobKind, Level
from connects.vocabulary.refusals import Parameter


class Span(Schema):
    """Whole numbers from `least` to `most`, both included; `most` is null where it is open."""

    least: int
    most: int | None


class Words(Schema):
    """What the texts of a fixed-price post say of its work, counted in words."""

    small: int = Field(description="Words of work that is soon done, such as `fix`.")
    large: int = Field(description="Words of what is built, or run for long, such as `platform`.")
    leaves_open: bool = Field(description="Whether the amount is left to the bids.")
    is_meant: bool = Field(description="Whether the amount is said to be what will be paid.")


class Inputs(Schema):
    """What the price is based on, of the post and its client; null is what is not said, or not known."""

    kind: JobKind
    budget_cents: int | None
    hourly_min_cents: int | None
    hourly_max_cents: int | None
    duration_days: Span | None
    hours_per_week: Span | None
    level: Level | None
    category: str | None
    client_payment_verified: bool | None
    client_posts_ended: int
    client_left_open: int
    description_characters: int | None
    budget_open: bool = Field(
        description="Whether the client has said that the stated budget is open to offers."
    )
    client_spend_cents: int | None = Field(description="What the client had spent before.")
    client_hires: int
    client_reviews: int | None
    client_rating_hundredths: int | None = Field(
        description="The mean of the client's reviews, in hundredths of a star."
    )
    words: Words | None


class PriceReason(Schema):
    """One step of the price."""

    code: str
    parameters: dict[str, Parameter]
    words: str
    assumed: bool = Field(description="Whether it rests on something that the post does not say.")


class PriceEdit(Schema):
    """The nearest thing that the client could say otherwise to lower or raise the price."""

    code: str
    parameters: dict[str, Parameter]
    connects: int = Field(description="What a proposal would cost then.")
    words: str


class ExplainedPrice(Schema):
    """What a proposal costs, and all that this rests on. Amounts are minor units of `currency`."""

    connects: int
    rule_book: str = Field(description="Its name and version, such as `upwork-2019-05@1`.")
    rule_book_title: str
    digest: str = Field(description="The rule book's SHA-256.")
    inputs: Inputs
    currency: str = Field(description="ISO 4217.")
    value_cents: int = Field(description="What the job is taken to be worth.")
    low_cents: int | None = Field(
        description="With `high_cents`, holds the value four times of five."
    )
    high_cents: int | None
    interval_words: str
    band: str
    demand_thousandths: int = Field(description="1,000 is the marketplace's average.")
    demand_jobs: int | None = Field(
        description="The category's jobs; null where it was not counted."
    )
    demand_words: str
    reasons: list[PriceReason]
    assumed: list[str] = Field(description="The codes of the reasons that assume something.")
    edits: list[PriceEdit] = Field(description="Those that lower the price come first.")


class PricedPost(Schema):
    """The post that a price is of, as it stands now."""

    id: str
    status: JobStatus
    revision: int
    posted: datetime


class PostPrice(Schema):
    post: PricedPost
    price: ExplainedPrice


class DraftPrice(Schema):
    """`asked` is when; a post that is published later may meet other demand."""

    asked: datetime
    price: ExplainedPrice
