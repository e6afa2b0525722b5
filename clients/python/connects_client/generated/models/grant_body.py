from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.grant_kind import GrantKind
from ..types import UNSET, Unset

T = TypeVar("T", bound="GrantBody")


@_attrs_define
class GrantBody:
    """
    Attributes:
        account (str):
        credits_ (int):
        reason (str):
        kind (GrantKind | Unset):  Default: GrantKind.COURTESY.
    """

    account: str
    credits_: int
    reason: str
    kind: GrantKind | Unset = GrantKind.COURTESY

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        credits_ = self.credits_

        reason = self.reason

        kind: str | Unset = UNSET
        if not isinstance(self.kind, Unset):
            kind = self.kind.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "account": account,
                "credits": credits_,
                "reason": reason,
            }
        )
        if kind is not UNSET:
            field_dict["kind"] = kind

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        credits_ = d.pop("credits")

        reason = d.pop("reason")

        _kind = d.pop("kind", UNSET)
        kind: GrantKind | Unset
        if isinstance(_kind, Unset):
            kind = UNSET
        else:
            kind = GrantKind(_kind)

        grant_body = cls(
            account=account,
            credits_=credits_,
            reason=reason,
            kind=kind,
        )

        return grant_body
