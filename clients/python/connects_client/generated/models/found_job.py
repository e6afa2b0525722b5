from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_kind import JobKind
from ..models.job_status import JobStatus
from ..models.level import Level

if TYPE_CHECKING:
    from ..models.span import Span


T = TypeVar("T", bound="FoundJob")


@_attrs_define
class FoundJob:
    """A job, and what a proposal to it costs by the card, before what is off for you alone.

    Attributes:
        budget_cents (int | None):
        category (str):
        client (str):
        client_name (str):
        connects (int):
        duration_days (None | Span):
        hourly_max_cents (int | None):
        hourly_min_cents (int | None):
        hours_per_week (None | Span):
        id (str):
        kind (JobKind):
        level (Level | None):
        posted (datetime.datetime):
        proposals (int):
        skills (list[str]):
        status (JobStatus):
        title (str):
    """

    budget_cents: int | None
    category: str
    client: str
    client_name: str
    connects: int
    duration_days: None | Span
    hourly_max_cents: int | None
    hourly_min_cents: int | None
    hours_per_week: None | Span
    id: str
    kind: JobKind
    level: Level | None
    posted: datetime.datetime
    proposals: int
    skills: list[str]
    status: JobStatus
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.span import Span  # noqa: PLC0415

        budget_cents: int | None
        budget_cents = self.budget_cents

        category = self.category

        client = self.client

        client_name = self.client_name

        connects = self.connects

        duration_days: dict[str, Any] | None
        if isinstance(self.duration_days, Span):
            duration_days = self.duration_days.to_dict()
        else:
            duration_days = self.duration_days

        hourly_max_cents: int | None
        hourly_max_cents = self.hourly_max_cents

        hourly_min_cents: int | None
        hourly_min_cents = self.hourly_min_cents

        hours_per_week: dict[str, Any] | None
        if isinstance(self.hours_per_week, Span):
            hours_per_week = self.hours_per_week.to_dict()
        else:
            hours_per_week = self.hours_per_week

        id = self.id

        kind = self.kind.value

        level: None | str
        if isinstance(self.level, Level):
            level = self.level.value
        else:
            level = self.level

        posted = self.posted.isoformat()

        proposals = self.proposals

        skills = self.skills

        status = self.status.value

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "budget_cents": budget_cents,
                "category": category,
                "client": client,
                "client_name": client_name,
                "connects": connects,
                "duration_days": duration_days,
                "hourly_max_cents": hourly_max_cents,
                "hourly_min_cents": hourly_min_cents,
                "hours_per_week": hours_per_week,
                "id": id,
                "kind": kind,
                "level": level,
                "posted": posted,
                "proposals": proposals,
                "skills": skills,
                "status": status,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.span import Span  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_budget_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        budget_cents = _parse_budget_cents(d.pop("budget_cents"))

        category = d.pop("category")

        client = d.pop("client")

        client_name = d.pop("client_name")

        connects = d.pop("connects")

        def _parse_duration_days(data: object) -> None | Span:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                duration_days_type_0 = Span.from_dict(data)

                return duration_days_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Span, data)

        duration_days = _parse_duration_days(d.pop("duration_days"))

        def _parse_hourly_max_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        hourly_max_cents = _parse_hourly_max_cents(d.pop("hourly_max_cents"))

        def _parse_hourly_min_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        hourly_min_cents = _parse_hourly_min_cents(d.pop("hourly_min_cents"))

        def _parse_hours_per_week(data: object) -> None | Span:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                hours_per_week_type_0 = Span.from_dict(data)

                return hours_per_week_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Span, data)

        hours_per_week = _parse_hours_per_week(d.pop("hours_per_week"))

        id = d.pop("id")

        kind = JobKind(d.pop("kind"))

        def _parse_level(data: object) -> Level | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                level_type_0 = Level(data)

                return level_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Level | None, data)

        level = _parse_level(d.pop("level"))

        posted = datetime.datetime.fromisoformat(d.pop("posted"))

        proposals = d.pop("proposals")

        skills = cast(list[str], d.pop("skills"))

        status = JobStatus(d.pop("status"))

        title = d.pop("title")

        found_job = cls(
            budget_cents=budget_cents,
            category=category,
            client=client,
            client_name=client_name,
            connects=connects,
            duration_days=duration_days,
            hourly_max_cents=hourly_max_cents,
            hourly_min_cents=hourly_min_cents,
            hours_per_week=hours_per_week,
            id=id,
            kind=kind,
            level=level,
            posted=posted,
            proposals=proposals,
            skills=skills,
            status=status,
            title=title,
        )

        found_job.additional_properties = d
        return found_job

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
