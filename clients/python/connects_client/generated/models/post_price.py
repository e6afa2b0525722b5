from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.explained_price import ExplainedPrice
    from ..models.priced_post import PricedPost


T = TypeVar("T", bound="PostPrice")


@_attrs_define
class PostPrice:
    """
    Attributes:
        post (PricedPost): The post that a price is of, as it stands now.
        price (ExplainedPrice): What a proposal costs, and all that this rests on. Amounts are minor units of
            `currency`.
    """

    post: PricedPost
    price: ExplainedPrice
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        post = self.post.to_dict()

        price = self.price.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "post": post,
                "price": price,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.explained_price import ExplainedPrice  # noqa: PLC0415
        from ..models.priced_post import PricedPost  # noqa: PLC0415

        d = dict(src_dict)
        post = PricedPost.from_dict(d.pop("post"))

        price = ExplainedPrice.from_dict(d.pop("price"))

        post_price = cls(
            post=post,
            price=price,
        )

        post_price.additional_properties = d
        return post_price

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
