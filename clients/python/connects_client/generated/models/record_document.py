from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="RecordDocument")


@_attrs_define
class RecordDocument:
    """
    Attributes:
        hires (int):
        left_open (int):
        posts_ended (int):
    """

    hires: int
    left_open: int
    posts_ended: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        hires = self.hires

        left_open = self.left_open

        posts_ended = self.posts_ended

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "hires": hires,
                "left_open": left_open,
                "posts_ended": posts_ended,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        hires = d.pop("hires")

        left_open = d.pop("left_open")

        posts_ended = d.pop("posts_ended")

        record_document = cls(
            hires=hires,
            left_open=left_open,
            posts_ended=posts_ended,
        )

        record_document.additional_properties = d
        return record_document

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
