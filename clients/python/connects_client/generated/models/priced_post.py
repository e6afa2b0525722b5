from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_status import JobStatus

T = TypeVar("T", bound="PricedPost")


@_attrs_define
class PricedPost:
    """The post that a price is of, as it stands now.

    Attributes:
        id (str):
        posted (datetime.datetime):
        revision (int):
        status (JobStatus):
    """

    id: str
    posted: datetime.datetime
    revision: int
    status: JobStatus
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        posted = self.posted.isoformat()

        revision = self.revision

        status = self.status.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "posted": posted,
                "revision": revision,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        posted = datetime.datetime.fromisoformat(d.pop("posted"))

        revision = d.pop("revision")

        status = JobStatus(d.pop("status"))

        priced_post = cls(
            id=id,
            posted=posted,
            revision=revision,
            status=status,
        )

        priced_post.additional_properties = d
        return priced_post

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
