from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="OwnProposalBody")


@_attrs_define
class OwnProposalBody:
    """A proposal to a job, with a `quote` or the most that you pay.

    Attributes:
        job (str):
        cover_letter (str | Unset):  Default: ''.
        days (int | None | Unset): How many days you need.
        hourly_cents (int | None | Unset): What you ask an hour.
        max_connects (int | None | Unset):
        price_cents (int | None | Unset): What you ask for a fixed-price job, in minor units.
        quote (None | str | Unset):
    """

    job: str
    cover_letter: str | Unset = ""
    days: int | None | Unset = UNSET
    hourly_cents: int | None | Unset = UNSET
    max_connects: int | None | Unset = UNSET
    price_cents: int | None | Unset = UNSET
    quote: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        job = self.job

        cover_letter = self.cover_letter

        days: int | None | Unset
        if isinstance(self.days, Unset):
            days = UNSET
        else:
            days = self.days

        hourly_cents: int | None | Unset
        if isinstance(self.hourly_cents, Unset):
            hourly_cents = UNSET
        else:
            hourly_cents = self.hourly_cents

        max_connects: int | None | Unset
        if isinstance(self.max_connects, Unset):
            max_connects = UNSET
        else:
            max_connects = self.max_connects

        price_cents: int | None | Unset
        if isinstance(self.price_cents, Unset):
            price_cents = UNSET
        else:
            price_cents = self.price_cents

        quote: None | str | Unset
        if isinstance(self.quote, Unset):
            quote = UNSET
        else:
            quote = self.quote

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "job": job,
            }
        )
        if cover_letter is not UNSET:
            field_dict["cover_letter"] = cover_letter
        if days is not UNSET:
            field_dict["days"] = days
        if hourly_cents is not UNSET:
            field_dict["hourly_cents"] = hourly_cents
        if max_connects is not UNSET:
            field_dict["max_connects"] = max_connects
        if price_cents is not UNSET:
            field_dict["price_cents"] = price_cents
        if quote is not UNSET:
            field_dict["quote"] = quote

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        job = d.pop("job")

        cover_letter = d.pop("cover_letter", UNSET)

        def _parse_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        days = _parse_days(d.pop("days", UNSET))

        def _parse_hourly_cents(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        hourly_cents = _parse_hourly_cents(d.pop("hourly_cents", UNSET))

        def _parse_max_connects(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_connects = _parse_max_connects(d.pop("max_connects", UNSET))

        def _parse_price_cents(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        price_cents = _parse_price_cents(d.pop("price_cents", UNSET))

        def _parse_quote(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        quote = _parse_quote(d.pop("quote", UNSET))

        own_proposal_body = cls(
            job=job,
            cover_letter=cover_letter,
            days=days,
            hourly_cents=hourly_cents,
            max_connects=max_connects,
            price_cents=price_cents,
            quote=quote,
        )

        return own_proposal_body
