from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.step_document import StepDocument


T = TypeVar("T", bound="MovedDocument")


@_attrs_define
class MovedDocument:
    """What happened on the way, in order.

    Attributes:
        entries (int): How many lines wallets got.
        now (datetime.datetime):
        sandbox (bool): Whether this clock can be moved.
        steps (list[StepDocument]): The first 500 of them.
        steps_in_all (int):
    """

    entries: int
    now: datetime.datetime
    sandbox: bool
    steps: list[StepDocument]
    steps_in_all: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        entries = self.entries

        now = self.now.isoformat()

        sandbox = self.sandbox

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data.to_dict()
            steps.append(steps_item)

        steps_in_all = self.steps_in_all

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "entries": entries,
                "now": now,
                "sandbox": sandbox,
                "steps": steps,
                "steps_in_all": steps_in_all,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.step_document import StepDocument  # noqa: PLC0415

        d = dict(src_dict)
        entries = d.pop("entries")

        now = datetime.datetime.fromisoformat(d.pop("now"))

        sandbox = d.pop("sandbox")

        steps = []
        _steps = d.pop("steps")
        for steps_item_data in _steps:
            steps_item = StepDocument.from_dict(steps_item_data)

            steps.append(steps_item)

        steps_in_all = d.pop("steps_in_all")

        moved_document = cls(
            entries=entries,
            now=now,
            sandbox=sandbox,
            steps=steps,
            steps_in_all=steps_in_all,
        )

        moved_document.additional_properties = d
        return moved_document

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
