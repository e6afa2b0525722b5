from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.delivery_state import DeliveryState

T = TypeVar("T", bound="DeliveryDocument")


@_attrs_define
class DeliveryDocument:
    """An event on its way, and what came back last.

    Attributes:
        answer (str): The first kilobyte of what came back.
        error (str):
        event (str):
        next_try (datetime.datetime | None): Null where it is over, or waits for one of its account that comes before
            it.
        state (DeliveryState):
        status (int | None):
        took_ms (int | None):
        tried (datetime.datetime | None):
        tries (int):
        type_ (str):
    """

    answer: str
    error: str
    event: str
    next_try: datetime.datetime | None
    state: DeliveryState
    status: int | None
    took_ms: int | None
    tried: datetime.datetime | None
    tries: int
    type_: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer

        error = self.error

        event = self.event

        next_try: None | str
        if isinstance(self.next_try, datetime.datetime):
            next_try = self.next_try.isoformat()
        else:
            next_try = self.next_try

        state = self.state.value

        status: int | None
        status = self.status

        took_ms: int | None
        took_ms = self.took_ms

        tried: None | str
        if isinstance(self.tried, datetime.datetime):
            tried = self.tried.isoformat()
        else:
            tried = self.tried

        tries = self.tries

        type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "error": error,
                "event": event,
                "next_try": next_try,
                "state": state,
                "status": status,
                "took_ms": took_ms,
                "tried": tried,
                "tries": tries,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        answer = d.pop("answer")

        error = d.pop("error")

        event = d.pop("event")

        def _parse_next_try(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                next_try_type_0 = datetime.datetime.fromisoformat(data)

                return next_try_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        next_try = _parse_next_try(d.pop("next_try"))

        state = DeliveryState(d.pop("state"))

        def _parse_status(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        status = _parse_status(d.pop("status"))

        def _parse_took_ms(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        took_ms = _parse_took_ms(d.pop("took_ms"))

        def _parse_tried(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                tried_type_0 = datetime.datetime.fromisoformat(data)

                return tried_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        tried = _parse_tried(d.pop("tried"))

        tries = d.pop("tries")

        type_ = d.pop("type")

        delivery_document = cls(
            answer=answer,
            error=error,
            event=event,
            next_try=next_try,
            state=state,
            status=status,
            took_ms=took_ms,
            tried=tried,
            tries=tries,
            type_=type_,
        )

        delivery_document.additional_properties = d
        return delivery_document

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
