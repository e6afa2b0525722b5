from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.price_reason_parameters import PriceReasonParameters


T = TypeVar("T", bound="PriceReason")


@_attrs_define
class PriceReason:
    """One step of the price.

    Attributes:
        assumed (bool): Whether it rests on something that the post does not say.
        code (str):
        parameters (PriceReasonParameters):
        words (str):
    """

    assumed: bool
    code: str
    parameters: PriceReasonParameters
    words: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        assumed = self.assumed

        code = self.code

        parameters = self.parameters.to_dict()

        words = self.words

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "assumed": assumed,
                "code": code,
                "parameters": parameters,
                "words": words,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.price_reason_parameters import PriceReasonParameters  # noqa: PLC0415

        d = dict(src_dict)
        assumed = d.pop("assumed")

        code = d.pop("code")

        parameters = PriceReasonParameters.from_dict(d.pop("parameters"))

        words = d.pop("words")

        price_reason = cls(
            assumed=assumed,
            code=code,
            parameters=parameters,
            words=words,
        )

        price_reason.additional_properties = d
        return price_reason

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
