from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.inputs import Inputs
    from ..models.price_edit import PriceEdit
    from ..models.price_reason import PriceReason


T = TypeVar("T", bound="ExplainedPrice")


@_attrs_define
class ExplainedPrice:
    """What a proposal costs, and all that this rests on. Amounts are minor units of `currency`.

    Attributes:
        assumed (list[str]): The codes of the reasons that assume something.
        band (str):
        connects (int):
        currency (str): ISO 4217.
        demand_jobs (int | None): The category's jobs; null where it was not counted.
        demand_thousandths (int): 1,000 is the marketplace's average.
        demand_words (str):
        digest (str): The rule book's SHA-256.
        edits (list[PriceEdit]): Those that lower the price come first.
        high_cents (int | None):
        inputs (Inputs): What the price is based on, of the post and its client; null is what is not said, or not known.
        interval_words (str):
        low_cents (int | None): With `high_cents`, holds the value four times of five.
        reasons (list[PriceReason]):
        rule_book (str): Its name and version, such as `upwork-2019-05@1`.
        rule_book_title (str):
        value_cents (int): What the job is taken to be worth.
    """

    assumed: list[str]
    band: str
    connects: int
    currency: str
    demand_jobs: int | None
    demand_thousandths: int
    demand_words: str
    digest: str
    edits: list[PriceEdit]
    high_cents: int | None
    inputs: Inputs
    interval_words: str
    low_cents: int | None
    reasons: list[PriceReason]
    rule_book: str
    rule_book_title: str
    value_cents: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        assumed = self.assumed

        band = self.band

        connects = self.connects

        currency = self.currency

        demand_jobs: int | None
        demand_jobs = self.demand_jobs

        demand_thousandths = self.demand_thousandths

        demand_words = self.demand_words

        digest = self.digest

        edits = []
        for edits_item_data in self.edits:
            edits_item = edits_item_data.to_dict()
            edits.append(edits_item)

        high_cents: int | None
        high_cents = self.high_cents

        inputs = self.inputs.to_dict()

        interval_words = self.interval_words

        low_cents: int | None
        low_cents = self.low_cents

        reasons = []
        for reasons_item_data in self.reasons:
            reasons_item = reasons_item_data.to_dict()
            reasons.append(reasons_item)

        rule_book = self.rule_book

        rule_book_title = self.rule_book_title

        value_cents = self.value_cents

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "assumed": assumed,
                "band": band,
                "connects": connects,
                "currency": currency,
                "demand_jobs": demand_jobs,
                "demand_thousandths": demand_thousandths,
                "demand_words": demand_words,
                "digest": digest,
                "edits": edits,
                "high_cents": high_cents,
                "inputs": inputs,
                "interval_words": interval_words,
                "low_cents": low_cents,
                "reasons": reasons,
                "rule_book": rule_book,
                "rule_book_title": rule_book_title,
                "value_cents": value_cents,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.inputs import Inputs  # noqa: PLC0415
        from ..models.price_edit import PriceEdit  # noqa: PLC0415
        from ..models.price_reason import PriceReason  # noqa: PLC0415

        d = dict(src_dict)
        assumed = cast(list[str], d.pop("assumed"))

        band = d.pop("band")

        connects = d.pop("connects")

        currency = d.pop("currency")

        def _parse_demand_jobs(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        demand_jobs = _parse_demand_jobs(d.pop("demand_jobs"))

        demand_thousandths = d.pop("demand_thousandths")

        demand_words = d.pop("demand_words")

        digest = d.pop("digest")

        edits = []
        _edits = d.pop("edits")
        for edits_item_data in _edits:
            edits_item = PriceEdit.from_dict(edits_item_data)

            edits.append(edits_item)

        def _parse_high_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        high_cents = _parse_high_cents(d.pop("high_cents"))

        inputs = Inputs.from_dict(d.pop("inputs"))

        interval_words = d.pop("interval_words")

        def _parse_low_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        low_cents = _parse_low_cents(d.pop("low_cents"))

        reasons = []
        _reasons = d.pop("reasons")
        for reasons_item_data in _reasons:
            reasons_item = PriceReason.from_dict(reasons_item_data)

            reasons.append(reasons_item)

        rule_book = d.pop("rule_book")

        rule_book_title = d.pop("rule_book_title")

        value_cents = d.pop("value_cents")

        explained_price = cls(
            assumed=assumed,
            band=band,
            connects=connects,
            currency=currency,
            demand_jobs=demand_jobs,
            demand_thousandths=demand_thousandths,
            demand_words=demand_words,
            digest=digest,
            edits=edits,
            high_cents=high_cents,
            inputs=inputs,
            interval_words=interval_words,
            low_cents=low_cents,
            reasons=reasons,
            rule_book=rule_book,
            rule_book_title=rule_book_title,
            value_cents=value_cents,
        )

        explained_price.additional_properties = d
        return explained_price

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
