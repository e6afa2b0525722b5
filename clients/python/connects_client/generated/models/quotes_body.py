from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="QuotesBody")


@_attrs_define
class QuotesBody:
    """
    Attributes:
        account (str):
        jobs (list[str]):
    """

    account: str
    jobs: list[str]

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        jobs = self.jobs

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "account": account,
                "jobs": jobs,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        jobs = cast(list[str], d.pop("jobs"))

        quotes_body = cls(
            account=account,
            jobs=jobs,
        )

        return quotes_body
