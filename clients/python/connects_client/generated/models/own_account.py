from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.account_kind import AccountKind

if TYPE_CHECKING:
    from ..models.key_document import KeyDocument


T = TypeVar("T", bound="OwnAccount")


@_attrs_define
class OwnAccount:
    """The account that the key acts for, and what the key may do.

    Attributes:
        account (str):
        currency (str):
        key (KeyDocument): The key that the call was made with.
        kind (AccountKind): A kind of account. Freelancers and agencies hold wallets; clients do not.
        name (str):
        rule_book (str):
    """

    account: str
    currency: str
    key: KeyDocument
    kind: AccountKind
    name: str
    rule_book: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        currency = self.currency

        key = self.key.to_dict()

        kind = self.kind.value

        name = self.name

        rule_book = self.rule_book

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "currency": currency,
                "key": key,
                "kind": kind,
                "name": name,
                "rule_book": rule_book,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.key_document import KeyDocument  # noqa: PLC0415

        d = dict(src_dict)
        account = d.pop("account")

        currency = d.pop("currency")

        key = KeyDocument.from_dict(d.pop("key"))

        kind = AccountKind(d.pop("kind"))

        name = d.pop("name")

        rule_book = d.pop("rule_book")

        own_account = cls(
            account=account,
            currency=currency,
            key=key,
            kind=kind,
            name=name,
            rule_book=rule_book,
        )

        own_account.additional_properties = d
        return own_account

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
