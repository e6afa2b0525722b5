from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ordering import Ordering
from ..models.signature import Signature

T = TypeVar("T", bound="EndpointDocument")


@_attrs_define
class EndpointDocument:
    """An endpoint. `secrets` are what its receiver checks with, newest first.

    Attributes:
        disabled_because (None | str):
        enabled (bool):
        failing_since (datetime.datetime | None):
        id (str):
        ordering (Ordering): Whether an account's events arrive in their order, each waiting for the one before.
        secrets (list[str]):
        signature (Signature): How deliveries are signed: with a secret that both know, or with one whose public key is
            known.
        types (list[str]):
        url (str):
    """

    disabled_because: None | str
    enabled: bool
    failing_since: datetime.datetime | None
    id: str
    ordering: Ordering
    secrets: list[str]
    signature: Signature
    types: list[str]
    url: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        disabled_because: None | str
        disabled_because = self.disabled_because

        enabled = self.enabled

        failing_since: None | str
        if isinstance(self.failing_since, datetime.datetime):
            failing_since = self.failing_since.isoformat()
        else:
            failing_since = self.failing_since

        id = self.id

        ordering = self.ordering.value

        secrets = self.secrets

        signature = self.signature.value

        types = self.types

        url = self.url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "disabled_because": disabled_because,
                "enabled": enabled,
                "failing_since": failing_since,
                "id": id,
                "ordering": ordering,
                "secrets": secrets,
                "signature": signature,
                "types": types,
                "url": url,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_disabled_because(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        disabled_because = _parse_disabled_because(d.pop("disabled_because"))

        enabled = d.pop("enabled")

        def _parse_failing_since(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                failing_since_type_0 = datetime.datetime.fromisoformat(data)

                return failing_since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        failing_since = _parse_failing_since(d.pop("failing_since"))

        id = d.pop("id")

        ordering = Ordering(d.pop("ordering"))

        secrets = cast(list[str], d.pop("secrets"))

        signature = Signature(d.pop("signature"))

        types = cast(list[str], d.pop("types"))

        url = d.pop("url")

        endpoint_document = cls(
            disabled_because=disabled_because,
            enabled=enabled,
            failing_since=failing_since,
            id=id,
            ordering=ordering,
            secrets=secrets,
            signature=signature,
            types=types,
            url=url,
        )

        endpoint_document.additional_properties = d
        return endpoint_document

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
