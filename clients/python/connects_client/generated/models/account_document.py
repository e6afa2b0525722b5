from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.account_kind import AccountKind

if TYPE_CHECKING:
    from ..models.record_document import RecordDocument
    from ..models.wallet_document import WalletDocument


T = TypeVar("T", bound="AccountDocument")


@_attrs_define
class AccountDocument:
    """An account. `wallet` is null for a client, which has none.

    Attributes:
        client_record (None | RecordDocument):
        country (None | str):
        id (str):
        kind (AccountKind): A kind of account. Freelancers and agencies hold wallets; clients do not.
        name (str):
        payment_verified (bool | None):
        registered_at (datetime.datetime):
        revision (int):
        rule_book (str):
        suspended (bool):
        wallet (None | WalletDocument):
    """

    client_record: None | RecordDocument
    country: None | str
    id: str
    kind: AccountKind
    name: str
    payment_verified: bool | None
    registered_at: datetime.datetime
    revision: int
    rule_book: str
    suspended: bool
    wallet: None | WalletDocument
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.record_document import RecordDocument  # noqa: PLC0415
        from ..models.wallet_document import WalletDocument  # noqa: PLC0415

        client_record: dict[str, Any] | None
        if isinstance(self.client_record, RecordDocument):
            client_record = self.client_record.to_dict()
        else:
            client_record = self.client_record

        country: None | str
        country = self.country

        id = self.id

        kind = self.kind.value

        name = self.name

        payment_verified: bool | None
        payment_verified = self.payment_verified

        registered_at = self.registered_at.isoformat()

        revision = self.revision

        rule_book = self.rule_book

        suspended = self.suspended

        wallet: dict[str, Any] | None
        if isinstance(self.wallet, WalletDocument):
            wallet = self.wallet.to_dict()
        else:
            wallet = self.wallet

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "client_record": client_record,
                "country": country,
                "id": id,
                "kind": kind,
                "name": name,
                "payment_verified": payment_verified,
                "registered_at": registered_at,
                "revision": revision,
                "rule_book": rule_book,
                "suspended": suspended,
                "wallet": wallet,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.record_document import RecordDocument  # noqa: PLC0415
        from ..models.wallet_document import WalletDocument  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_client_record(data: object) -> None | RecordDocument:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                client_record_type_0 = RecordDocument.from_dict(data)

                return client_record_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RecordDocument, data)

        client_record = _parse_client_record(d.pop("client_record"))

        def _parse_country(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        country = _parse_country(d.pop("country"))

        id = d.pop("id")

        kind = AccountKind(d.pop("kind"))

        name = d.pop("name")

        def _parse_payment_verified(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        payment_verified = _parse_payment_verified(d.pop("payment_verified"))

        registered_at = datetime.datetime.fromisoformat(d.pop("registered_at"))

        revision = d.pop("revision")

        rule_book = d.pop("rule_book")

        suspended = d.pop("suspended")

        def _parse_wallet(data: object) -> None | WalletDocument:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                wallet_type_0 = WalletDocument.from_dict(data)

                return wallet_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | WalletDocument, data)

        wallet = _parse_wallet(d.pop("wallet"))

        account_document = cls(
            client_record=client_record,
            country=country,
            id=id,
            kind=kind,
            name=name,
            payment_verified=payment_verified,
            registered_at=registered_at,
            revision=revision,
            rule_book=rule_book,
            suspended=suspended,
            wallet=wallet,
        )

        account_document.additional_properties = d
        return account_document

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
