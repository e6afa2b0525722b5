from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.grant_kind import GrantKind
from ..models.grant_status import GrantStatus

if TYPE_CHECKING:
    from ..models.wallet_document import WalletDocument


T = TypeVar("T", bound="GrantDocument")


@_attrs_define
class GrantDocument:
    """A grant, and what became of it.

    Attributes:
        account (str):
        credits_ (int):
        id (str):
        kind (GrantKind):
        made (datetime.datetime):
        reason (str):
        status (GrantStatus): What became of a grant. It is `waiting` where it is more than a host may give without
            staff.
        wallet (WalletDocument): What an account holds.
    """

    account: str
    credits_: int
    id: str
    kind: GrantKind
    made: datetime.datetime
    reason: str
    status: GrantStatus
    wallet: WalletDocument
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        credits_ = self.credits_

        id = self.id

        kind = self.kind.value

        made = self.made.isoformat()

        reason = self.reason

        status = self.status.value

        wallet = self.wallet.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "credits": credits_,
                "id": id,
                "kind": kind,
                "made": made,
                "reason": reason,
                "status": status,
                "wallet": wallet,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_document import WalletDocument  # noqa: PLC0415

        d = dict(src_dict)
        account = d.pop("account")

        credits_ = d.pop("credits")

        id = d.pop("id")

        kind = GrantKind(d.pop("kind"))

        made = datetime.datetime.fromisoformat(d.pop("made"))

        reason = d.pop("reason")

        status = GrantStatus(d.pop("status"))

        wallet = WalletDocument.from_dict(d.pop("wallet"))

        grant_document = cls(
            account=account,
            credits_=credits_,
            id=id,
            kind=kind,
            made=made,
            reason=reason,
            status=status,
            wallet=wallet,
        )

        grant_document.additional_properties = d
        return grant_document

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
