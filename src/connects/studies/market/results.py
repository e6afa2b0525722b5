"""What a study found, as data: what its JSON file holds, and what its report is made from."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Estimate(_Part):
    """A mean over seeds. `low` and `high` hold it with a chance of 95 %; None after a single seed."""

    mean: float
    low: float | None = None
    high: float | None = None

    @property
    def is_told_from_zero(self) -> bool:
        """Whether so many seeds can tell it from nothing at all."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


class Difference(_Part):
    """What an arm adds to the one that it is compared with, seed by seed over the same draws.

    `percent` is None where there is nothing to take a share of; `up` counts the seeds in which it is
    more.
    """

    absolute: Estimate
    percent: Estimate | None
    up: int

    @property
    def is_none(self) -> bool:
        """Whether nothing differs under any seed."""
        each = self.absolute
        return each.mean == each.low == each.high == 0


class Group(_Part):
    """A part of the freelancers: how many they are, and what each came to on average."""

    grouping: str
    name: str
    people: float
    proposals: Estimate
    hires: Estimate
    dollars: Estimate
    hires_change: Difference | None = None
    dollars_change: Difference | None = None


class JobGroup(_Part):
    """A part of the jobs: how many they are, the share with a hire, and proposals per job."""

    name: str
    jobs: float
    fill: Estimate
    proposals: Estimate
    fill_change: Difference | None = None


class Naive(_Part):
    """What a test would have said that compares the two halves of one market, by account."""

    hires: Difference
    proposals: Difference
    dollars: Difference


class ArmFound(_Part):
    """One arm: its rules in words, and what came of it; `differences` are none for the base."""

    name: str
    rules: str
    measures: dict[str, Estimate]
    differences: dict[str, Difference]
    groups: tuple[Group, ...]
    jobs: tuple[JobGroup, ...]
    naive: Naive | None = None


class Swept(_Part):
    """The one thing that a sweep varies, and its value in each arm, as written in TOML."""

    name: str
    values: tuple[str, ...]


class Found(_Part):
    """A whole study. `inputs` is a digest of all that it hangs on: the same one, the same numbers."""

    title: str
    population: str
    freelancers: int
    clients: int
    days: int
    warm_up_days: int
    first_seed: int
    seeds: int
    against: str
    metrics: tuple[str, ...]
    arms: tuple[ArmFound, ...]
    swept: Swept | None = None
    inputs: str

    def arm(self, name: str) -> ArmFound:
        """The arm of that name."""
        return next(arm for arm in self.arms if arm.name == name)
