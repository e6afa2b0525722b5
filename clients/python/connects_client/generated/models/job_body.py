from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.job_duration import JobDuration
from ..models.job_hours_per_week import JobHoursPerWeek
from ..models.job_kind import JobKind
from ..models.level import Level
from ..types import UNSET, Unset

T = TypeVar("T", bound="JobBody")


@_attrs_define
class JobBody:
    """Facts of a job. Texts may stay with the host; what is left out is what the client does not say.

    Attributes:
        client (str):
        kind (JobKind):
        activity (bool | Unset): The client has just done something about it: it is not silent. Default: False.
        budget_cents (int | None | Unset):
        budget_open (bool | Unset):  Default: False.
        category (str | Unset):  Default: ''.
        description (str | Unset):  Default: ''.
        description_characters (int | None | Unset): How long the text is that stays with you.
        duration (JobDuration | None | Unset):
        hourly_max_cents (int | None | Unset):
        hourly_min_cents (int | None | Unset):
        hours_per_week (JobHoursPerWeek | None | Unset):
        level (Level | None | Unset):
        posted_at (datetime.datetime | None | Unset): Since when it is live at the host, not before 1995; it stays what
            was sent first.
        skills (list[str] | Unset):
        title (None | str | Unset):
    """

    client: str
    kind: JobKind
    activity: bool | Unset = False
    budget_cents: int | None | Unset = UNSET
    budget_open: bool | Unset = False
    category: str | Unset = ""
    description: str | Unset = ""
    description_characters: int | None | Unset = UNSET
    duration: JobDuration | None | Unset = UNSET
    hourly_max_cents: int | None | Unset = UNSET
    hourly_min_cents: int | None | Unset = UNSET
    hours_per_week: JobHoursPerWeek | None | Unset = UNSET
    level: Level | None | Unset = UNSET
    posted_at: datetime.datetime | None | Unset = UNSET
    skills: list[str] | Unset = UNSET
    title: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        client = self.client

        kind = self.kind.value

        activity = self.activity

        budget_cents: int | None | Unset
        if isinstance(self.budget_cents, Unset):
            budget_cents = UNSET
        else:
            budget_cents = self.budget_cents

        budget_open = self.budget_open

        category = self.category

        description = self.description

        description_characters: int | None | Unset
        if isinstance(self.description_characters, Unset):
            description_characters = UNSET
        else:
            description_characters = self.description_characters

        duration: None | str | Unset
        if isinstance(self.duration, Unset):
            duration = UNSET
        elif isinstance(self.duration, JobDuration):
            duration = self.duration.value
        else:
            duration = self.duration

        hourly_max_cents: int | None | Unset
        if isinstance(self.hourly_max_cents, Unset):
            hourly_max_cents = UNSET
        else:
            hourly_max_cents = self.hourly_max_cents

        hourly_min_cents: int | None | Unset
        if isinstance(self.hourly_min_cents, Unset):
            hourly_min_cents = UNSET
        else:
            hourly_min_cents = self.hourly_min_cents

        hours_per_week: None | str | Unset
        if isinstance(self.hours_per_week, Unset):
            hours_per_week = UNSET
        elif isinstance(self.hours_per_week, JobHoursPerWeek):
            hours_per_week = self.hours_per_week.value
        else:
            hours_per_week = self.hours_per_week

        level: None | str | Unset
        if isinstance(self.level, Unset):
            level = UNSET
        elif isinstance(self.level, Level):
            level = self.level.value
        else:
            level = self.level

        posted_at: None | str | Unset
        if isinstance(self.posted_at, Unset):
            posted_at = UNSET
        elif isinstance(self.posted_at, datetime.datetime):
            posted_at = self.posted_at.isoformat()
        else:
            posted_at = self.posted_at

        skills: list[str] | Unset = UNSET
        if not isinstance(self.skills, Unset):
            skills = self.skills

        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "client": client,
                "kind": kind,
            }
        )
        if activity is not UNSET:
            field_dict["activity"] = activity
        if budget_cents is not UNSET:
            field_dict["budget_cents"] = budget_cents
        if budget_open is not UNSET:
            field_dict["budget_open"] = budget_open
        if category is not UNSET:
            field_dict["category"] = category
        if description is not UNSET:
            field_dict["description"] = description
        if description_characters is not UNSET:
            field_dict["description_characters"] = description_characters
        if duration is not UNSET:
            field_dict["duration"] = duration
        if hourly_max_cents is not UNSET:
            field_dict["hourly_max_cents"] = hourly_max_cents
        if hourly_min_cents is not UNSET:
            field_dict["hourly_min_cents"] = hourly_min_cents
        if hours_per_week is not UNSET:
            field_dict["hours_per_week"] = hours_per_week
        if level is not UNSET:
            field_dict["level"] = level
        if posted_at is not UNSET:
            field_dict["posted_at"] = posted_at
        if skills is not UNSET:
            field_dict["skills"] = skills
        if title is not UNSET:
            field_dict["title"] = title

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        client = d.pop("client")

        kind = JobKind(d.pop("kind"))

        activity = d.pop("activity", UNSET)

        def _parse_budget_cents(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        budget_cents = _parse_budget_cents(d.pop("budget_cents", UNSET))

        budget_open = d.pop("budget_open", UNSET)

        category = d.pop("category", UNSET)

        description = d.pop("description", UNSET)

        def _parse_description_characters(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        description_characters = _parse_description_characters(
            d.pop("description_characters", UNSET)
        )

        def _parse_duration(data: object) -> JobDuration | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                duration_type_0 = JobDuration(data)

                return duration_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(JobDuration | None | Unset, data)

        duration = _parse_duration(d.pop("duration", UNSET))

        def _parse_hourly_max_cents(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        hourly_max_cents = _parse_hourly_max_cents(d.pop("hourly_max_cents", UNSET))

        def _parse_hourly_min_cents(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        hourly_min_cents = _parse_hourly_min_cents(d.pop("hourly_min_cents", UNSET))

        def _parse_hours_per_week(data: object) -> JobHoursPerWeek | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                hours_per_week_type_0 = JobHoursPerWeek(data)

                return hours_per_week_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(JobHoursPerWeek | None | Unset, data)

        hours_per_week = _parse_hours_per_week(d.pop("hours_per_week", UNSET))

        def _parse_level(data: object) -> Level | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                level_type_0 = Level(data)

                return level_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Level | None | Unset, data)

        level = _parse_level(d.pop("level", UNSET))

        def _parse_posted_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                posted_at_type_0 = datetime.datetime.fromisoformat(data)

                return posted_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        posted_at = _parse_posted_at(d.pop("posted_at", UNSET))

        skills = cast(list[str], d.pop("skills", UNSET))

        def _parse_title(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        title = _parse_title(d.pop("title", UNSET))

        job_body = cls(
            client=client,
            kind=kind,
            activity=activity,
            budget_cents=budget_cents,
            budget_open=budget_open,
            category=category,
            description=description,
            description_characters=description_characters,
            duration=duration,
            hourly_max_cents=hourly_max_cents,
            hourly_min_cents=hourly_min_cents,
            hours_per_week=hours_per_week,
            level=level,
            posted_at=posted_at,
            skills=skills,
            title=title,
        )

        return job_body
