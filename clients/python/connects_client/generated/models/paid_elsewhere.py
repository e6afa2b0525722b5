from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PaidElsewhere")


@_attrs_define
class PaidElsewhere:
    """
    Attributes:
        cents (int):
        currency (str):
        reference (str):
        provider (Literal['external'] | Unset):  Default: 'external'.
    """

    cents: int
    currency: str
    reference: str
    provider: Literal["external"] | Unset = "external"

    def to_dict(self) -> dict[str, Any]:
        cents = self.cents

        currency = self.currency

        reference = self.reference

        provider = self.provider

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cents": cents,
                "currency": currency,
                "reference": reference,
            }
        )
        if provider is not UNSET:
            field_dict["provider"] = provider

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cents = d.pop("cents")

        currency = d.pop("currency")

        reference = d.pop("reference")

        provider = cast(Literal["external"] | Unset, d.pop("provider", UNSET))
        if provider != "external" and not isinstance(provider, Unset):
            raise ValueError(f"provider must match const 'external', got '{provider}'")

        paid_elsewhere = cls(
            cents=cents,
            currency=currency,
            reference=reference,
            provider=provider,
        )

        return paid_elsewhere
