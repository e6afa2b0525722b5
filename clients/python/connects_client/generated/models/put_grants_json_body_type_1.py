from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.put_grants_json_body_type_1_items_item import PutGrantsJsonBodyType1ItemsItem


T = TypeVar("T", bound="PutGrantsJsonBodyType1")


@_attrs_define
class PutGrantsJsonBodyType1:
    """
    Attributes:
        items (list[PutGrantsJsonBodyType1ItemsItem]):
        atomic (bool | Unset):  Default: False.
    """

    items: list[PutGrantsJsonBodyType1ItemsItem]
    atomic: bool | Unset = False

    def to_dict(self) -> dict[str, Any]:
        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

        atomic = self.atomic

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "items": items,
            }
        )
        if atomic is not UNSET:
            field_dict["atomic"] = atomic

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.put_grants_json_body_type_1_items_item import PutGrantsJsonBodyType1ItemsItem  # noqa: PLC0415

        d = dict(src_dict)
        items = []
        _items = d.pop("items")
        for items_item_data in _items:
            items_item = PutGrantsJsonBodyType1ItemsItem.from_dict(items_item_data)

            items.append(items_item)

        atomic = d.pop("atomic", UNSET)

        put_grants_json_body_type_1 = cls(
            items=items,
            atomic=atomic,
        )

        return put_grants_json_body_type_1
