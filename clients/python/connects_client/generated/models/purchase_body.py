from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.paid_elsewhere import PaidElsewhere


T = TypeVar("T", bound="PurchaseBody")


@_attrs_define
class PurchaseBody:
    """What was bought: a `bundle` of the account's rule book, or any number of `credits`.

    Attributes:
        account (str):
        paid (PaidElsewhere):
        bundle (int | None | Unset):
        credits_ (int | None | Unset):
    """

    account: str
    paid: PaidElsewhere
    bundle: int | None | Unset = UNSET
    credits_: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        paid = self.paid.to_dict()

        bundle: int | None | Unset
        if isinstance(self.bundle, Unset):
            bundle = UNSET
        else:
            bundle = self.bundle

        credits_: int | None | Unset
        if isinstance(self.credits_, Unset):
            credits_ = UNSET
        else:
            credits_ = self.credits_

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "account": account,
                "paid": paid,
            }
        )
        if bundle is not UNSET:
            field_dict["bundle"] = bundle
        if credits_ is not UNSET:
            field_dict["credits"] = credits_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.paid_elsewhere import PaidElsewhere  # noqa: PLC0415

        d = dict(src_dict)
        account = d.pop("account")

        paid = PaidElsewhere.from_dict(d.pop("paid"))

        def _parse_bundle(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        bundle = _parse_bundle(d.pop("bundle", UNSET))

        def _parse_credits_(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        credits_ = _parse_credits_(d.pop("credits", UNSET))

        purchase_body = cls(
            account=account,
            paid=paid,
            bundle=bundle,
            credits_=credits_,
        )

        return purchase_body
