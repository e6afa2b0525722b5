from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.lot_kind import LotKind

T = TypeVar("T", bound="LotDocument")


@_attrs_define
class LotDocument:
    """Credits that were issued together: how many are left, and what those have cost.

    Attributes:
        cost_cents (int):
        credits_ (int):
        expires (datetime.datetime | None):
        issued (datetime.datetime):
        kind (LotKind): Where the credits of a lot came from.
        lot (int):
    """

    cost_cents: int
    credits_: int
    expires: datetime.datetime | None
    issued: datetime.datetime
    kind: LotKind
    lot: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cost_cents = self.cost_cents

        credits_ = self.credits_

        expires: None | str
        if isinstance(self.expires, datetime.datetime):
            expires = self.expires.isoformat()
        else:
            expires = self.expires

        issued = self.issued.isoformat()

        kind = self.kind.value

        lot = self.lot

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cost_cents": cost_cents,
                "credits": credits_,
                "expires": expires,
                "issued": issued,
                "kind": kind,
                "lot": lot,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cost_cents = d.pop("cost_cents")

        credits_ = d.pop("credits")

        def _parse_expires(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_type_0 = datetime.datetime.fromisoformat(data)

                return expires_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        expires = _parse_expires(d.pop("expires"))

        issued = datetime.datetime.fromisoformat(d.pop("issued"))

        kind = LotKind(d.pop("kind"))

        lot = d.pop("lot")

        lot_document = cls(
            cost_cents=cost_cents,
            credits_=credits_,
            expires=expires,
            issued=issued,
            kind=kind,
            lot=lot,
        )

        lot_document.additional_properties = d
        return lot_document

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
