from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RecordFacts")


@_attrs_define
class RecordFacts:
    """What became of a client's posts at the host, until more has happened here.

    Attributes:
        posts_ended (int):
        hires (int | Unset):  Default: 0.
        left_open (int | Unset):  Default: 0.
    """

    posts_ended: int
    hires: int | Unset = 0
    left_open: int | Unset = 0

    def to_dict(self) -> dict[str, Any]:
        posts_ended = self.posts_ended

        hires = self.hires

        left_open = self.left_open

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "posts_ended": posts_ended,
            }
        )
        if hires is not UNSET:
            field_dict["hires"] = hires
        if left_open is not UNSET:
            field_dict["left_open"] = left_open

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        posts_ended = d.pop("posts_ended")

        hires = d.pop("hires", UNSET)

        left_open = d.pop("left_open", UNSET)

        record_facts = cls(
            posts_ended=posts_ended,
            hires=hires,
            left_open=left_open,
        )

        return record_facts
