from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.ordering import Ordering
from ..models.signature import Signature
from ..types import UNSET, Unset

T = TypeVar("T", bound="EndpointBody")


@_attrs_define
class EndpointBody:
    """What is said of an endpoint.

    Attributes:
        url (str):
        enabled (bool | Unset):  Default: True.
        ordering (Ordering | Unset): Whether an account's events arrive in their order, each waiting for the one before.
            Default: Ordering.ACCOUNT.
        signature (Signature | Unset): How deliveries are signed: with a secret that both know, or with one whose public
            key is known. Default: Signature.HMAC.
        types (list[str] | Unset): Only these types of events; none stands for all.
    """

    url: str
    enabled: bool | Unset = True
    ordering: Ordering | Unset = Ordering.ACCOUNT
    signature: Signature | Unset = Signature.HMAC
    types: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        enabled = self.enabled

        ordering: str | Unset = UNSET
        if not isinstance(self.ordering, Unset):
            ordering = self.ordering.value

        signature: str | Unset = UNSET
        if not isinstance(self.signature, Unset):
            signature = self.signature.value

        types: list[str] | Unset = UNSET
        if not isinstance(self.types, Unset):
            types = self.types

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
            }
        )
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if ordering is not UNSET:
            field_dict["ordering"] = ordering
        if signature is not UNSET:
            field_dict["signature"] = signature
        if types is not UNSET:
            field_dict["types"] = types

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        url = d.pop("url")

        enabled = d.pop("enabled", UNSET)

        _ordering = d.pop("ordering", UNSET)
        ordering: Ordering | Unset
        if isinstance(_ordering, Unset):
            ordering = UNSET
        else:
            ordering = Ordering(_ordering)

        _signature = d.pop("signature", UNSET)
        signature: Signature | Unset
        if isinstance(_signature, Unset):
            signature = UNSET
        else:
            signature = Signature(_signature)

        types = cast(list[str], d.pop("types", UNSET))

        endpoint_body = cls(
            url=url,
            enabled=enabled,
            ordering=ordering,
            signature=signature,
            types=types,
        )

        return endpoint_body
