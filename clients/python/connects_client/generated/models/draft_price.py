from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.explained_price import ExplainedPrice


T = TypeVar("T", bound="DraftPrice")


@_attrs_define
class DraftPrice:
    """`asked` is when; a post that is published later may meet other demand.

    Attributes:
        asked (datetime.datetime):
        price (ExplainedPrice): What a proposal costs, and all that this rests on. Amounts are minor units of
            `currency`.
    """

    asked: datetime.datetime
    price: ExplainedPrice
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        asked = self.asked.isoformat()

        price = self.price.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "asked": asked,
                "price": price,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.explained_price import ExplainedPrice  # noqa: PLC0415

        d = dict(src_dict)
        asked = datetime.datetime.fromisoformat(d.pop("asked"))

        price = ExplainedPrice.from_dict(d.pop("price"))

        draft_price = cls(
            asked=asked,
            price=price,
        )

        draft_price.additional_properties = d
        return draft_price

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
