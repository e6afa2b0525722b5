from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.problem_parameters import ProblemParameters


T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """Why something was not done (RFC 9457, with a code). Nothing was changed.

    Attributes:
        code (str): A stable word for programs.
        detail (str): The same as `message`.
        instance (str): The request's id, as in `Connects-Request-Id`.
        message (str): What was wrong and what to do, for people.
        parameters (ProblemParameters): The facts that the message is made from.
        status (int):
        title (str): The code in words.
        type_ (str): The code as a URI: `urn:connects:problem:CODE`.
    """

    code: str
    detail: str
    instance: str
    message: str
    parameters: ProblemParameters
    status: int
    title: str
    type_: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        detail = self.detail

        instance = self.instance

        message = self.message

        parameters = self.parameters.to_dict()

        status = self.status

        title = self.title

        type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "detail": detail,
                "instance": instance,
                "message": message,
                "parameters": parameters,
                "status": status,
                "title": title,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.problem_parameters import ProblemParameters  # noqa: PLC0415

        d = dict(src_dict)
        code = d.pop("code")

        detail = d.pop("detail")

        instance = d.pop("instance")

        message = d.pop("message")

        parameters = ProblemParameters.from_dict(d.pop("parameters"))

        status = d.pop("status")

        title = d.pop("title")

        type_ = d.pop("type")

        problem = cls(
            code=code,
            detail=detail,
            instance=instance,
            message=message,
            parameters=parameters,
            status=status,
            title=title,
            type_=type_,
        )

        problem.additional_properties = d
        return problem

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
