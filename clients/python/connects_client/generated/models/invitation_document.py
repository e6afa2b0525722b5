from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="InvitationDocument")


@_attrs_define
class InvitationDocument:
    """
    Attributes:
        account (str):
        declined (datetime.datetime | None):
        invited (datetime.datetime):
        job (str):
    """

    account: str
    declined: datetime.datetime | None
    invited: datetime.datetime
    job: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        declined: None | str
        if isinstance(self.declined, datetime.datetime):
            declined = self.declined.isoformat()
        else:
            declined = self.declined

        invited = self.invited.isoformat()

        job = self.job

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "declined": declined,
                "invited": invited,
                "job": job,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        def _parse_declined(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                declined_type_0 = datetime.datetime.fromisoformat(data)

                return declined_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        declined = _parse_declined(d.pop("declined"))

        invited = datetime.datetime.fromisoformat(d.pop("invited"))

        job = d.pop("job")

        invitation_document = cls(
            account=account,
            declined=declined,
            invited=invited,
            job=job,
        )

        invitation_document.additional_properties = d
        return invitation_document

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
