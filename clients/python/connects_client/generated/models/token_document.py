from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="TokenDocument")


@_attrs_define
class TokenDocument:
    """A token. It is shown this once.

    Attributes:
        account (str):
        expires (datetime.datetime):
        origin (str):
        token (str):
    """

    account: str
    expires: datetime.datetime
    origin: str
    token: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        expires = self.expires.isoformat()

        origin = self.origin

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "expires": expires,
                "origin": origin,
                "token": token,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        expires = datetime.datetime.fromisoformat(d.pop("expires"))

        origin = d.pop("origin")

        token = d.pop("token")

        token_document = cls(
            account=account,
            expires=expires,
            origin=origin,
            token=token,
        )

        token_document.additional_properties = d
        return token_document

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
