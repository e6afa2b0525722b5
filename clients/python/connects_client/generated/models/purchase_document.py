from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.payment_status import PaymentStatus

if TYPE_CHECKING:
    from ..models.wallet_document import WalletDocument


T = TypeVar("T", bound="PurchaseDocument")


@_attrs_define
class PurchaseDocument:
    """
    Attributes:
        account (str):
        cents (int):
        credits_ (int):
        currency (str):
        id (str):
        lot (int | None):
        status (PaymentStatus): How far a payment has come.
        wallet (WalletDocument): What an account holds.
    """

    account: str
    cents: int
    credits_: int
    currency: str
    id: str
    lot: int | None
    status: PaymentStatus
    wallet: WalletDocument
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        cents = self.cents

        credits_ = self.credits_

        currency = self.currency

        id = self.id

        lot: int | None
        lot = self.lot

        status = self.status.value

        wallet = self.wallet.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "cents": cents,
                "credits": credits_,
                "currency": currency,
                "id": id,
                "lot": lot,
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

        cents = d.pop("cents")

        credits_ = d.pop("credits")

        currency = d.pop("currency")

        id = d.pop("id")

        def _parse_lot(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        lot = _parse_lot(d.pop("lot"))

        status = PaymentStatus(d.pop("status"))

        wallet = WalletDocument.from_dict(d.pop("wallet"))

        purchase_document = cls(
            account=account,
            cents=cents,
            credits_=credits_,
            currency=currency,
            id=id,
            lot=lot,
            status=status,
            wallet=wallet,
        )

        purchase_document.additional_properties = d
        return purchase_document

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
