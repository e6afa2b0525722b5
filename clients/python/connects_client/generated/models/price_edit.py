from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.price_edit_parameters import PriceEditParameters


T = TypeVar("T", bound="PriceEdit")


@_attrs_define
class PriceEdit:
    """The nearest thing that the client could say otherwise to lower or raise the price.

    Attributes:
        code (str):
        connects (int): What a proposal would cost then.
        parameters (PriceEditParameters):
        words (str):
    """

    code: str
    connects: int
    parameters: PriceEditParameters
    words: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        connects = self.connects

        parameters = self.parameters.to_dict()

        words = self.words

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "connects": connects,
                "parameters": parameters,
                "words": words,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.price_edit_parameters import PriceEditParameters  # noqa: PLC0415

        d = dict(src_dict)
        code = d.pop("code")

        connects = d.pop("connects")

        parameters = PriceEditParameters.from_dict(d.pop("parameters"))

        words = d.pop("words")

        price_edit = cls(
            code=code,
            connects=connects,
            parameters=parameters,
            words=words,
        )

        price_edit.additional_properties = d
        return price_edit

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
