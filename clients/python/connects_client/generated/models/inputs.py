from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_kind import JobKind
from ..models.level import Level

if TYPE_CHECKING:
    from ..models.span import Span
    from ..models.words import Words


T = TypeVar("T", bound="Inputs")


@_attrs_define
class Inputs:
    """What the price is based on, of the post and its client; null is what is not said, or not known.

    Attributes:
        budget_cents (int | None):
        budget_open (bool): Whether the client has said that the stated budget is open to offers.
        category (None | str):
        client_hires (int):
        client_left_open (int):
        client_payment_verified (bool | None):
        client_posts_ended (int):
        client_rating_hundredths (int | None): The mean of the client's reviews, in hundredths of a star.
        client_reviews (int | None):
        client_spend_cents (int | None): What the client had spent before.
        description_characters (int | None):
        duration_days (None | Span):
        hourly_max_cents (int | None):
        hourly_min_cents (int | None):
        hours_per_week (None | Span):
        kind (JobKind):
        level (Level | None):
        words (None | Words):
    """

    budget_cents: int | None
    budget_open: bool
    category: None | str
    client_hires: int
    client_left_open: int
    client_payment_verified: bool | None
    client_posts_ended: int
    client_rating_hundredths: int | None
    client_reviews: int | None
    client_spend_cents: int | None
    description_characters: int | None
    duration_days: None | Span
    hourly_max_cents: int | None
    hourly_min_cents: int | None
    hours_per_week: None | Span
    kind: JobKind
    level: Level | None
    words: None | Words
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.span import Span  # noqa: PLC0415
        from ..models.words import Words  # noqa: PLC0415

        budget_cents: int | None
        budget_cents = self.budget_cents

        budget_open = self.budget_open

        category: None | str
        category = self.category

        client_hires = self.client_hires

        client_left_open = self.client_left_open

        client_payment_verified: bool | None
        client_payment_verified = self.client_payment_verified

        client_posts_ended = self.client_posts_ended

        client_rating_hundredths: int | None
        client_rating_hundredths = self.client_rating_hundredths

        client_reviews: int | None
        client_reviews = self.client_reviews

        client_spend_cents: int | None
        client_spend_cents = self.client_spend_cents

        description_characters: int | None
        description_characters = self.description_characters

        duration_days: dict[str, Any] | None
        if isinstance(self.duration_days, Span):
            duration_days = self.duration_days.to_dict()
        else:
            duration_days = self.duration_days

        hourly_max_cents: int | None
        hourly_max_cents = self.hourly_max_cents

        hourly_min_cents: int | None
        hourly_min_cents = self.hourly_min_cents

        hours_per_week: dict[str, Any] | None
        if isinstance(self.hours_per_week, Span):
            hours_per_week = self.hours_per_week.to_dict()
        else:
            hours_per_week = self.hours_per_week

        kind = self.kind.value

        level: None | str
        if isinstance(self.level, Level):
            level = self.level.value
        else:
            level = self.level

        words: dict[str, Any] | None
        if isinstance(self.words, Words):
            words = self.words.to_dict()
        else:
            words = self.words

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "budget_cents": budget_cents,
                "budget_open": budget_open,
                "category": category,
                "client_hires": client_hires,
                "client_left_open": client_left_open,
                "client_payment_verified": client_payment_verified,
                "client_posts_ended": client_posts_ended,
                "client_rating_hundredths": client_rating_hundredths,
                "client_reviews": client_reviews,
                "client_spend_cents": client_spend_cents,
                "description_characters": description_characters,
                "duration_days": duration_days,
                "hourly_max_cents": hourly_max_cents,
                "hourly_min_cents": hourly_min_cents,
                "hours_per_week": hours_per_week,
                "kind": kind,
                "level": level,
                "words": words,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.span import Span  # noqa: PLC0415
        from ..models.words import Words  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_budget_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        budget_cents = _parse_budget_cents(d.pop("budget_cents"))

        budget_open = d.pop("budget_open")

        def _parse_category(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        category = _parse_category(d.pop("category"))

        client_hires = d.pop("client_hires")

        client_left_open = d.pop("client_left_open")

        def _parse_client_payment_verified(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        client_payment_verified = _parse_client_payment_verified(d.pop("client_payment_verified"))

        client_posts_ended = d.pop("client_posts_ended")

        def _parse_client_rating_hundredths(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        client_rating_hundredths = _parse_client_rating_hundredths(
            d.pop("client_rating_hundredths")
        )

        def _parse_client_reviews(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        client_reviews = _parse_client_reviews(d.pop("client_reviews"))

        def _parse_client_spend_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        client_spend_cents = _parse_client_spend_cents(d.pop("client_spend_cents"))

        def _parse_description_characters(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        description_characters = _parse_description_characters(d.pop("description_characters"))

        def _parse_duration_days(data: object) -> None | Span:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                duration_days_type_0 = Span.from_dict(data)

                return duration_days_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Span, data)

        duration_days = _parse_duration_days(d.pop("duration_days"))

        def _parse_hourly_max_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        hourly_max_cents = _parse_hourly_max_cents(d.pop("hourly_max_cents"))

        def _parse_hourly_min_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        hourly_min_cents = _parse_hourly_min_cents(d.pop("hourly_min_cents"))

        def _parse_hours_per_week(data: object) -> None | Span:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                hours_per_week_type_0 = Span.from_dict(data)

                return hours_per_week_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Span, data)

        hours_per_week = _parse_hours_per_week(d.pop("hours_per_week"))

        kind = JobKind(d.pop("kind"))

        def _parse_level(data: object) -> Level | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                level_type_0 = Level(data)

                return level_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Level | None, data)

        level = _parse_level(d.pop("level"))

        def _parse_words(data: object) -> None | Words:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                words_type_0 = Words.from_dict(data)

                return words_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Words, data)

        words = _parse_words(d.pop("words"))

        inputs = cls(
            budget_cents=budget_cents,
            budget_open=budget_open,
            category=category,
            client_hires=client_hires,
            client_left_open=client_left_open,
            client_payment_verified=client_payment_verified,
            client_posts_ended=client_posts_ended,
            client_rating_hundredths=client_rating_hundredths,
            client_reviews=client_reviews,
            client_spend_cents=client_spend_cents,
            description_characters=description_characters,
            duration_days=duration_days,
            hourly_max_cents=hourly_max_cents,
            hourly_min_cents=hourly_min_cents,
            hours_per_week=hours_per_week,
            kind=kind,
            level=level,
            words=words,
        )

        inputs.additional_properties = d
        return inputs

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
