from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.member_document_role import MemberDocumentRole

T = TypeVar("T", bound="MemberDocument")


@_attrs_define
class MemberDocument:
    """A member of an agency's team.

    Attributes:
        account (str):
        agency (str):
        joined (datetime.datetime):
        left (datetime.datetime | None):
        may_spend (bool):
        role (MemberDocumentRole):
        spends_most (int | None):
        spent_this_month (int): Spent and held in this calendar month, less what came back.
    """

    account: str
    agency: str
    joined: datetime.datetime
    left: datetime.datetime | None
    may_spend: bool
    role: MemberDocumentRole
    spends_most: int | None
    spent_this_month: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        agency = self.agency

        joined = self.joined.isoformat()

        left: None | str
        if isinstance(self.left, datetime.datetime):
            left = self.left.isoformat()
        else:
            left = self.left

        may_spend = self.may_spend

        role = self.role.value

        spends_most: int | None
        spends_most = self.spends_most

        spent_this_month = self.spent_this_month

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "agency": agency,
                "joined": joined,
                "left": left,
                "may_spend": may_spend,
                "role": role,
                "spends_most": spends_most,
                "spent_this_month": spent_this_month,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        agency = d.pop("agency")

        joined = datetime.datetime.fromisoformat(d.pop("joined"))

        def _parse_left(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                left_type_0 = datetime.datetime.fromisoformat(data)

                return left_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        left = _parse_left(d.pop("left"))

        may_spend = d.pop("may_spend")

        role = MemberDocumentRole(d.pop("role"))

        def _parse_spends_most(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        spends_most = _parse_spends_most(d.pop("spends_most"))

        spent_this_month = d.pop("spent_this_month")

        member_document = cls(
            account=account,
            agency=agency,
            joined=joined,
            left=left,
            may_spend=may_spend,
            role=role,
            spends_most=spends_most,
            spent_this_month=spent_this_month,
        )

        member_document.additional_properties = d
        return member_document

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
