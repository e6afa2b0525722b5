from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.comes_back_document import ComesBackDocument
    from ..models.pays_from import PaysFrom
    from ..models.price_reason import PriceReason
    from ..models.problem import Problem


T = TypeVar("T", bound="QuoteDocument")


@_attrs_define
class QuoteDocument:
    """A price for one account and job; or `problem`, why none can be given.

    Attributes:
        comes_back (list[ComesBackDocument]):
        connects (int | None):
        enough (bool | None):
        expires (datetime.datetime | None):
        free (None | str): What is off for this account, such as `invited`.
        id (None | str):
        job (str):
        missing (int | None):
        pays_from (list[PaysFrom]):
        problem (None | Problem):
        reasons (list[PriceReason]):
    """

    comes_back: list[ComesBackDocument]
    connects: int | None
    enough: bool | None
    expires: datetime.datetime | None
    free: None | str
    id: None | str
    job: str
    missing: int | None
    pays_from: list[PaysFrom]
    problem: None | Problem
    reasons: list[PriceReason]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.problem import Problem  # noqa: PLC0415

        comes_back = []
        for comes_back_item_data in self.comes_back:
            comes_back_item = comes_back_item_data.to_dict()
            comes_back.append(comes_back_item)

        connects: int | None
        connects = self.connects

        enough: bool | None
        enough = self.enough

        expires: None | str
        if isinstance(self.expires, datetime.datetime):
            expires = self.expires.isoformat()
        else:
            expires = self.expires

        free: None | str
        free = self.free

        id: None | str
        id = self.id

        job = self.job

        missing: int | None
        missing = self.missing

        pays_from = []
        for pays_from_item_data in self.pays_from:
            pays_from_item = pays_from_item_data.to_dict()
            pays_from.append(pays_from_item)

        problem: dict[str, Any] | None
        if isinstance(self.problem, Problem):
            problem = self.problem.to_dict()
        else:
            problem = self.problem

        reasons = []
        for reasons_item_data in self.reasons:
            reasons_item = reasons_item_data.to_dict()
            reasons.append(reasons_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "comes_back": comes_back,
                "connects": connects,
                "enough": enough,
                "expires": expires,
                "free": free,
                "id": id,
                "job": job,
                "missing": missing,
                "pays_from": pays_from,
                "problem": problem,
                "reasons": reasons,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.comes_back_document import ComesBackDocument  # noqa: PLC0415
        from ..models.pays_from import PaysFrom  # noqa: PLC0415
        from ..models.price_reason import PriceReason  # noqa: PLC0415
        from ..models.problem import Problem  # noqa: PLC0415

        d = dict(src_dict)
        comes_back = []
        _comes_back = d.pop("comes_back")
        for comes_back_item_data in _comes_back:
            comes_back_item = ComesBackDocument.from_dict(comes_back_item_data)

            comes_back.append(comes_back_item)

        def _parse_connects(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        connects = _parse_connects(d.pop("connects"))

        def _parse_enough(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        enough = _parse_enough(d.pop("enough"))

        def _parse_expires(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_type_0 = datetime.datetime.fromisoformat(data)

                return expires_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        expires = _parse_expires(d.pop("expires"))

        def _parse_free(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        free = _parse_free(d.pop("free"))

        def _parse_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        id = _parse_id(d.pop("id"))

        job = d.pop("job")

        def _parse_missing(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        missing = _parse_missing(d.pop("missing"))

        pays_from = []
        _pays_from = d.pop("pays_from")
        for pays_from_item_data in _pays_from:
            pays_from_item = PaysFrom.from_dict(pays_from_item_data)

            pays_from.append(pays_from_item)

        def _parse_problem(data: object) -> None | Problem:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                problem_type_0 = Problem.from_dict(data)

                return problem_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Problem, data)

        problem = _parse_problem(d.pop("problem"))

        reasons = []
        _reasons = d.pop("reasons")
        for reasons_item_data in _reasons:
            reasons_item = PriceReason.from_dict(reasons_item_data)

            reasons.append(reasons_item)

        quote_document = cls(
            comes_back=comes_back,
            connects=connects,
            enough=enough,
            expires=expires,
            free=free,
            id=id,
            job=job,
            missing=missing,
            pays_from=pays_from,
            problem=problem,
            reasons=reasons,
        )

        quote_document.additional_properties = d
        return quote_document

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
