from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.end_how import EndHow
from ..types import UNSET, Unset

T = TypeVar("T", bound="EndBody")


@_attrs_define
class EndBody:
    """
    Attributes:
        how (EndHow):
        reason (str | Unset):  Default: ''.
    """

    how: EndHow
    reason: str | Unset = ""

    def to_dict(self) -> dict[str, Any]:
        how = self.how.value

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "how": how,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        how = EndHow(d.pop("how"))

        reason = d.pop("reason", UNSET)

        end_body = cls(
            how=how,
            reason=reason,
        )

        return end_body
