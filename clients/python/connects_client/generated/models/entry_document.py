from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.entry_kind import EntryKind

if TYPE_CHECKING:
    from ..models.entry_document_reference import EntryDocumentReference
    from ..models.lot_change import LotChange


T = TypeVar("T", bound="EntryDocument")


@_attrs_define
class EntryDocument:
    """A line of a wallet's history, which never changes.

    Attributes:
        balance (int):
        credits_ (int):
        debt_change (int):
        effective (datetime.datetime):
        hash_ (str):
        kind (EntryKind): What a line of a wallet's history says.

            The first six issue a lot of the same kind; a reinstatement or a release may issue one of kind
            `return`. A hold sets Connects aside: they are in no lot, neither spent nor the wallet's to spend,
            until they are released.
        lots (list[LotChange]):
        recorded (datetime.datetime):
        reference (EntryDocumentReference): What it is about: such as `proposal` and `job`, by your own ids.
        rule_book (str):
        sequence (int):
        withheld (int):
    """

    balance: int
    credits_: int
    debt_change: int
    effective: datetime.datetime
    hash_: str
    kind: EntryKind
    lots: list[LotChange]
    recorded: datetime.datetime
    reference: EntryDocumentReference
    rule_book: str
    sequence: int
    withheld: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        balance = self.balance

        credits_ = self.credits_

        debt_change = self.debt_change

        effective = self.effective.isoformat()

        hash_ = self.hash_

        kind = self.kind.value

        lots = []
        for lots_item_data in self.lots:
            lots_item = lots_item_data.to_dict()
            lots.append(lots_item)

        recorded = self.recorded.isoformat()

        reference = self.reference.to_dict()

        rule_book = self.rule_book

        sequence = self.sequence

        withheld = self.withheld

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "balance": balance,
                "credits": credits_,
                "debt_change": debt_change,
                "effective": effective,
                "hash": hash_,
                "kind": kind,
                "lots": lots,
                "recorded": recorded,
                "reference": reference,
                "rule_book": rule_book,
                "sequence": sequence,
                "withheld": withheld,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.entry_document_reference import EntryDocumentReference  # noqa: PLC0415
        from ..models.lot_change import LotChange  # noqa: PLC0415

        d = dict(src_dict)
        balance = d.pop("balance")

        credits_ = d.pop("credits")

        debt_change = d.pop("debt_change")

        effective = datetime.datetime.fromisoformat(d.pop("effective"))

        hash_ = d.pop("hash")

        kind = EntryKind(d.pop("kind"))

        lots = []
        _lots = d.pop("lots")
        for lots_item_data in _lots:
            lots_item = LotChange.from_dict(lots_item_data)

            lots.append(lots_item)

        recorded = datetime.datetime.fromisoformat(d.pop("recorded"))

        reference = EntryDocumentReference.from_dict(d.pop("reference"))

        rule_book = d.pop("rule_book")

        sequence = d.pop("sequence")

        withheld = d.pop("withheld")

        entry_document = cls(
            balance=balance,
            credits_=credits_,
            debt_change=debt_change,
            effective=effective,
            hash_=hash_,
            kind=kind,
            lots=lots,
            recorded=recorded,
            reference=reference,
            rule_book=rule_book,
            sequence=sequence,
            withheld=withheld,
        )

        entry_document.additional_properties = d
        return entry_document

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
