from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="TokenBody")


@_attrs_define
class TokenBody:
    """
    Attributes:
        account (str):
        origin (str | Unset): The site whose pages use it, such as `https://shop.example`; else none may. Default: ''.
    """

    account: str
    origin: str | Unset = ""

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        origin = self.origin

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "account": account,
            }
        )
        if origin is not UNSET:
            field_dict["origin"] = origin

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        origin = d.pop("origin", UNSET)

        token_body = cls(
            account=account,
            origin=origin,
        )

        return token_body
