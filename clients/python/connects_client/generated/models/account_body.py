from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.account_kind import AccountKind
from ..models.gifts import Gifts
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.record_facts import RecordFacts


T = TypeVar("T", bound="AccountBody")


@_attrs_define
class AccountBody:
    """Facts of an account. What is left out is not known, or stays as it is.

    Attributes:
        kind (AccountKind): A kind of account. Freelancers and agencies hold wallets; clients do not.
        client_record (None | RecordFacts | Unset):
        country (None | str | Unset):
        email (None | str | Unset):
        grants (Gifts | Unset): Whether a new account gets what newcomers get. Default: Gifts.NEWCOMER.
        name (None | str | Unset):
        payment_verified (bool | None | Unset):
        registered_at (datetime.datetime | None | Unset): Not before 1995.
        rule_book (None | str | Unset): The one that it begins under; left aside later.
    """

    kind: AccountKind
    client_record: None | RecordFacts | Unset = UNSET
    country: None | str | Unset = UNSET
    email: None | str | Unset = UNSET
    grants: Gifts | Unset = Gifts.NEWCOMER
    name: None | str | Unset = UNSET
    payment_verified: bool | None | Unset = UNSET
    registered_at: datetime.datetime | None | Unset = UNSET
    rule_book: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.record_facts import RecordFacts  # noqa: PLC0415

        kind = self.kind.value

        client_record: dict[str, Any] | None | Unset
        if isinstance(self.client_record, Unset):
            client_record = UNSET
        elif isinstance(self.client_record, RecordFacts):
            client_record = self.client_record.to_dict()
        else:
            client_record = self.client_record

        country: None | str | Unset
        if isinstance(self.country, Unset):
            country = UNSET
        else:
            country = self.country

        email: None | str | Unset
        if isinstance(self.email, Unset):
            email = UNSET
        else:
            email = self.email

        grants: str | Unset = UNSET
        if not isinstance(self.grants, Unset):
            grants = self.grants.value

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        payment_verified: bool | None | Unset
        if isinstance(self.payment_verified, Unset):
            payment_verified = UNSET
        else:
            payment_verified = self.payment_verified

        registered_at: None | str | Unset
        if isinstance(self.registered_at, Unset):
            registered_at = UNSET
        elif isinstance(self.registered_at, datetime.datetime):
            registered_at = self.registered_at.isoformat()
        else:
            registered_at = self.registered_at

        rule_book: None | str | Unset
        if isinstance(self.rule_book, Unset):
            rule_book = UNSET
        else:
            rule_book = self.rule_book

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kind": kind,
            }
        )
        if client_record is not UNSET:
            field_dict["client_record"] = client_record
        if country is not UNSET:
            field_dict["country"] = country
        if email is not UNSET:
            field_dict["email"] = email
        if grants is not UNSET:
            field_dict["grants"] = grants
        if name is not UNSET:
            field_dict["name"] = name
        if payment_verified is not UNSET:
            field_dict["payment_verified"] = payment_verified
        if registered_at is not UNSET:
            field_dict["registered_at"] = registered_at
        if rule_book is not UNSET:
            field_dict["rule_book"] = rule_book

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.record_facts import RecordFacts  # noqa: PLC0415

        d = dict(src_dict)
        kind = AccountKind(d.pop("kind"))

        def _parse_client_record(data: object) -> None | RecordFacts | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                client_record_type_0 = RecordFacts.from_dict(data)

                return client_record_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RecordFacts | Unset, data)

        client_record = _parse_client_record(d.pop("client_record", UNSET))

        def _parse_country(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        country = _parse_country(d.pop("country", UNSET))

        def _parse_email(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        email = _parse_email(d.pop("email", UNSET))

        _grants = d.pop("grants", UNSET)
        grants: Gifts | Unset
        if isinstance(_grants, Unset):
            grants = UNSET
        else:
            grants = Gifts(_grants)

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_payment_verified(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        payment_verified = _parse_payment_verified(d.pop("payment_verified", UNSET))

        def _parse_registered_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                registered_at_type_0 = datetime.datetime.fromisoformat(data)

                return registered_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        registered_at = _parse_registered_at(d.pop("registered_at", UNSET))

        def _parse_rule_book(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rule_book = _parse_rule_book(d.pop("rule_book", UNSET))

        account_body = cls(
            kind=kind,
            client_record=client_record,
            country=country,
            email=email,
            grants=grants,
            name=name,
            payment_verified=payment_verified,
            registered_at=registered_at,
            rule_book=rule_book,
        )

        return account_body
