from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.account_document import AccountDocument
    from ..models.problem import Problem


T = TypeVar("T", bound="AccountDone")


@_attrs_define
class AccountDone:
    """
    Attributes:
        document (AccountDocument | None):
        id (None | str): The item's id; null where none could be read.
        problem (None | Problem):
        replayed (bool): It was answered before, and nothing was done now.
        status (int):
    """

    document: AccountDocument | None
    id: None | str
    problem: None | Problem
    replayed: bool
    status: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.account_document import AccountDocument  # noqa: PLC0415
        from ..models.problem import Problem  # noqa: PLC0415

        document: dict[str, Any] | None
        if isinstance(self.document, AccountDocument):
            document = self.document.to_dict()
        else:
            document = self.document

        id: None | str
        id = self.id

        problem: dict[str, Any] | None
        if isinstance(self.problem, Problem):
            problem = self.problem.to_dict()
        else:
            problem = self.problem

        replayed = self.replayed

        status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "document": document,
                "id": id,
                "problem": problem,
                "replayed": replayed,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.account_document import AccountDocument  # noqa: PLC0415
        from ..models.problem import Problem  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_document(data: object) -> AccountDocument | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                document_type_0 = AccountDocument.from_dict(data)

                return document_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AccountDocument | None, data)

        document = _parse_document(d.pop("document"))

        def _parse_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        id = _parse_id(d.pop("id"))

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

        replayed = d.pop("replayed")

        status = d.pop("status")

        account_done = cls(
            document=document,
            id=id,
            problem=problem,
            replayed=replayed,
            status=status,
        )

        account_done.additional_properties = d
        return account_done

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
