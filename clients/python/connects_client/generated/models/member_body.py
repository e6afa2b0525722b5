from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.member_role import MemberRole
from ..types import UNSET, Unset

T = TypeVar("T", bound="MemberBody")


@_attrs_define
class MemberBody:
    """What a member of an agency may do with its Connects. Owners and admins buy on our own pages.

    Attributes:
        may_spend (bool | Unset): False: proposes where it is free. Default: True.
        role (MemberRole | None | Unset): `member`, where nothing is said; it stays.
        spends_most (int | None | Unset): How many Connects in a calendar month; null for no limit.
    """

    may_spend: bool | Unset = True
    role: MemberRole | None | Unset = UNSET
    spends_most: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        may_spend = self.may_spend

        role: None | str | Unset
        if isinstance(self.role, Unset):
            role = UNSET
        elif isinstance(self.role, MemberRole):
            role = self.role.value
        else:
            role = self.role

        spends_most: int | None | Unset
        if isinstance(self.spends_most, Unset):
            spends_most = UNSET
        else:
            spends_most = self.spends_most

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if may_spend is not UNSET:
            field_dict["may_spend"] = may_spend
        if role is not UNSET:
            field_dict["role"] = role
        if spends_most is not UNSET:
            field_dict["spends_most"] = spends_most

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        may_spend = d.pop("may_spend", UNSET)

        def _parse_role(data: object) -> MemberRole | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                role_type_0 = MemberRole(data)

                return role_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MemberRole | None | Unset, data)

        role = _parse_role(d.pop("role", UNSET))

        def _parse_spends_most(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        spends_most = _parse_spends_most(d.pop("spends_most", UNSET))

        member_body = cls(
            may_spend=may_spend,
            role=role,
            spends_most=spends_most,
        )

        return member_body
