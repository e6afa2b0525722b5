from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_kind import JobKind
from ..models.job_status import JobStatus

if TYPE_CHECKING:
    from ..models.explained_price import ExplainedPrice


T = TypeVar("T", bound="JobDocument")


@_attrs_define
class JobDocument:
    """A job as it stands. `price` is what a proposal costs by its client's rule book.

    Attributes:
        client (str):
        ended (datetime.datetime | None):
        how (None | str):
        id (str):
        kind (JobKind):
        posted (datetime.datetime):
        price (ExplainedPrice): What a proposal costs, and all that this rests on. Amounts are minor units of
            `currency`.
        proposals (int):
        revision (int):
        skills (list[str]):
        status (JobStatus):
        title (str):
    """

    client: str
    ended: datetime.datetime | None
    how: None | str
    id: str
    kind: JobKind
    posted: datetime.datetime
    price: ExplainedPrice
    proposals: int
    revision: int
    skills: list[str]
    status: JobStatus
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        client = self.client

        ended: None | str
        if isinstance(self.ended, datetime.datetime):
            ended = self.ended.isoformat()
        else:
            ended = self.ended

        how: None | str
        how = self.how

        id = self.id

        kind = self.kind.value

        posted = self.posted.isoformat()

        price = self.price.to_dict()

        proposals = self.proposals

        revision = self.revision

        skills = self.skills

        status = self.status.value

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "client": client,
                "ended": ended,
                "how": how,
                "id": id,
                "kind": kind,
                "posted": posted,
                "price": price,
                "proposals": proposals,
                "revision": revision,
                "skills": skills,
                "status": status,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.explained_price import ExplainedPrice  # noqa: PLC0415

        d = dict(src_dict)
        client = d.pop("client")

        def _parse_ended(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_type_0 = datetime.datetime.fromisoformat(data)

                return ended_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        ended = _parse_ended(d.pop("ended"))

        def _parse_how(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        how = _parse_how(d.pop("how"))

        id = d.pop("id")

        kind = JobKind(d.pop("kind"))

        posted = datetime.datetime.fromisoformat(d.pop("posted"))

        price = ExplainedPrice.from_dict(d.pop("price"))

        proposals = d.pop("proposals")

        revision = d.pop("revision")

        skills = cast(list[str], d.pop("skills"))

        status = JobStatus(d.pop("status"))

        title = d.pop("title")

        job_document = cls(
            client=client,
            ended=ended,
            how=how,
            id=id,
            kind=kind,
            posted=posted,
            price=price,
            proposals=proposals,
            revision=revision,
            skills=skills,
            status=status,
            title=title,
        )

        job_document.additional_properties = d
        return job_document

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
