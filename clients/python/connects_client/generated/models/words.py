from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Words")


@_attrs_define
class Words:
    """What the texts of a fixed-price post say of its work, counted in words.

    Attributes:
        is_meant (bool): Whether the amount is said to be what will be paid.
        large (int): Words of what is built, or run for long, such as `platform`.
        leaves_open (bool): Whether the amount is left to the bids.
        small (int): Words of work that is soon done, such as `fix`.
    """

    is_meant: bool
    large: int
    leaves_open: bool
    small: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        is_meant = self.is_meant

        large = self.large

        leaves_open = self.leaves_open

        small = self.small

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "is_meant": is_meant,
                "large": large,
                "leaves_open": leaves_open,
                "small": small,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        is_meant = d.pop("is_meant")

        large = d.pop("large")

        leaves_open = d.pop("leaves_open")

        small = d.pop("small")

        words = cls(
            is_meant=is_meant,
            large=large,
            leaves_open=leaves_open,
            small=small,
        )

        words.additional_properties = d
        return words

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
