from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.draft_duration import DraftDuration
from ..models.draft_hours_per_week import DraftHoursPerWeek
from ..models.draft_policy import DraftPolicy
from ..models.job_kind import JobKind
from ..models.level import Level
from ..types import UNSET, Unset

T = TypeVar("T", bound="DraftPost")


@_attrs_define
class DraftPost:
    """A draft. What is left out, or null, is what its client would rather not say.

    Attributes:
        kind (JobKind):
        title (str):
        budget_cents (int | None | Unset): Of a fixed price; else left aside.
        budget_open (bool | Unset): The stated budget is open to offers. Default: False.
        category (str | Unset):  Default: ''.
        description (str | Unset):  Default: ''.
        duration (DraftDuration | None | Unset):
        hourly_max_cents (int | None | Unset): At least `hourly_min_cents`.
        hourly_min_cents (int | None | Unset): By the hour; else left aside.
        hours_per_week (DraftHoursPerWeek | None | Unset):
        level (Level | None | Unset):
        policy (DraftPolicy | None | Unset): A rule book's name, such as `fair-2026`; else the one in force for you.
    """

    kind: JobKind
    title: str
    budget_cents: int | None | Unset = UNSET
    budget_open: bool | Unset = False
    category: str | Unset = ""
    description: str | Unset = ""
    duration: DraftDuration | None | Unset = UNSET
    hourly_max_cents: int | None | Unset = UNSET
    hourly_min_cents: int | None | Unset = UNSET
    hours_per_week: DraftHoursPerWeek | None | Unset = UNSET
    level: Level | None | Unset = UNSET
    policy: DraftPolicy | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        kind = self.kind.value

        title = self.title

        budget_cents: int | None | Unset
        if isinstance(self.budget_cents, Unset):
            budget_cents = UNSET
        else:
            budget_cents = self.budget_cents

        budget_open = self.budget_open

        category = self.category

        description = self.description

        duration: None | str | Unset
        if isinstance(self.duration, Unset):
            duration = UNSET
        elif isinstance(self.duration, DraftDuration):
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
        elif isinstance(self.hours_per_week, DraftHoursPerWeek):
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

        policy: None | str | Unset
        if isinstance(self.policy, Unset):
            policy = UNSET
        elif isinstance(self.policy, DraftPolicy):
            policy = self.policy.value
        else:
            policy = self.policy

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kind": kind,
                "title": title,
            }
        )
        if budget_cents is not UNSET:
            field_dict["budget_cents"] = budget_cents
        if budget_open is not UNSET:
            field_dict["budget_open"] = budget_open
        if category is not UNSET:
            field_dict["category"] = category
        if description is not UNSET:
            field_dict["description"] = description
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
        if policy is not UNSET:
            field_dict["policy"] = policy

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = JobKind(d.pop("kind"))

        title = d.pop("title")

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

        def _parse_duration(data: object) -> DraftDuration | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                duration_type_0 = DraftDuration(data)

                return duration_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(DraftDuration | None | Unset, data)

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

        def _parse_hours_per_week(data: object) -> DraftHoursPerWeek | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                hours_per_week_type_0 = DraftHoursPerWeek(data)

                return hours_per_week_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(DraftHoursPerWeek | None | Unset, data)

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

        def _parse_policy(data: object) -> DraftPolicy | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                policy_type_0 = DraftPolicy(data)

                return policy_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(DraftPolicy | None | Unset, data)

        policy = _parse_policy(d.pop("policy", UNSET))

        draft_post = cls(
            kind=kind,
            title=title,
            budget_cents=budget_cents,
            budget_open=budget_open,
            category=category,
            description=description,
            duration=duration,
            hourly_max_cents=hourly_max_cents,
            hourly_min_cents=hourly_min_cents,
            hours_per_week=hours_per_week,
            level=level,
            policy=policy,
        )

        return draft_post
