from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.return_cause import ReturnCause
from ..models.stage import Stage

T = TypeVar("T", bound="ComesBackDocument")


@_attrs_define
class ComesBackDocument:
    """
    Attributes:
        cause (ReturnCause): What happened to a proposal. The last three concern it alone, the others end its job.

            `closed_late` is `closed_without_hire` under a rule book that sets a deadline for that.
        credits_ (int):
        soonest_expiry (datetime.datetime | None):
        stage (None | Stage):
    """

    cause: ReturnCause
    credits_: int
    soonest_expiry: datetime.datetime | None
    stage: None | Stage
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cause = self.cause.value

        credits_ = self.credits_

        soonest_expiry: None | str
        if isinstance(self.soonest_expiry, datetime.datetime):
            soonest_expiry = self.soonest_expiry.isoformat()
        else:
            soonest_expiry = self.soonest_expiry

        stage: None | str
        if isinstance(self.stage, Stage):
            stage = self.stage.value
        else:
            stage = self.stage

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cause": cause,
                "credits": credits_,
                "soonest_expiry": soonest_expiry,
                "stage": stage,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cause = ReturnCause(d.pop("cause"))

        credits_ = d.pop("credits")

        def _parse_soonest_expiry(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                soonest_expiry_type_0 = datetime.datetime.fromisoformat(data)

                return soonest_expiry_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        soonest_expiry = _parse_soonest_expiry(d.pop("soonest_expiry"))

        def _parse_stage(data: object) -> None | Stage:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                stage_type_0 = Stage(data)

                return stage_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Stage, data)

        stage = _parse_stage(d.pop("stage"))

        comes_back_document = cls(
            cause=cause,
            credits_=credits_,
            soonest_expiry=soonest_expiry,
            stage=stage,
        )

        comes_back_document.additional_properties = d
        return comes_back_document

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
