from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WalletDocument")


@_attrs_define
class WalletDocument:
    """What an account holds.

    Attributes:
        account (str):
        at (datetime.datetime): The instant that this is of.
        balance (int):
        debt (int):
        held (int): Set aside by holds: not in the balance, and not spent.
        lots (int): How many lots are open.
        next_expiry (datetime.datetime | None):
        sequence (int): The number of its last line: the higher, the later.
    """

    account: str
    at: datetime.datetime
    balance: int
    debt: int
    held: int
    lots: int
    next_expiry: datetime.datetime | None
    sequence: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        at = self.at.isoformat()

        balance = self.balance

        debt = self.debt

        held = self.held

        lots = self.lots

        next_expiry: None | str
        if isinstance(self.next_expiry, datetime.datetime):
            next_expiry = self.next_expiry.isoformat()
        else:
            next_expiry = self.next_expiry

        sequence = self.sequence

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "at": at,
                "balance": balance,
                "debt": debt,
                "held": held,
                "lots": lots,
                "next_expiry": next_expiry,
                "sequence": sequence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        balance = d.pop("balance")

        debt = d.pop("debt")

        held = d.pop("held")

        lots = d.pop("lots")

        def _parse_next_expiry(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                next_expiry_type_0 = datetime.datetime.fromisoformat(data)

                return next_expiry_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        next_expiry = _parse_next_expiry(d.pop("next_expiry"))

        sequence = d.pop("sequence")

        wallet_document = cls(
            account=account,
            at=at,
            balance=balance,
            debt=debt,
            held=held,
            lots=lots,
            next_expiry=next_expiry,
            sequence=sequence,
        )

        wallet_document.additional_properties = d
        return wallet_document

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
