from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ClockBody")


@_attrs_define
class ClockBody:
    """Where the clock is to go.

    Attributes:
        to (datetime.datetime): After now, by at most five years.
    """

    to: datetime.datetime

    def to_dict(self) -> dict[str, Any]:
        to = self.to.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "to": to,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        to = datetime.datetime.fromisoformat(d.pop("to"))

        clock_body = cls(
            to=to,
        )

        return clock_body
