from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="PaidElsewhere")


@_attrs_define
class PaidElsewhere:
    """
    Attributes:
        cents (int):
        currency (str):
        reference (str):
    """

    cents: int
    currency: str
    reference: str

    def to_dict(self) -> dict[str, Any]:
        cents = self.cents

        currency = self.currency

        reference = self.reference

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cents": cents,
                "currency": currency,
                "reference": reference,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cents = d.pop("cents")

        currency = d.pop("currency")

        reference = d.pop("reference")

        paid_elsewhere = cls(
            cents=cents,
            currency=currency,
            reference=reference,
        )

        return paid_elsewhere
