"""What a fit found, as data: what its JSON file holds, and what its report is made from."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

NEAR = 2.0
"""Standard errors within which a moment counts as met."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MomentFound(_Part):
    """A figure of real posts beside the simulated one: before the fit, and after it."""

    name: str
    words: str
    source: str
    observed: float
    error: float
    before: float
    simulated: float

    @property
    def errors_off(self) -> float:
        """How many standard errors it is off."""
        return (self.simulated - self.observed) / self.error

    @property
    def is_met(self) -> bool:
        return abs(self.errors_off) <= NEAR


class ParameterFound(_Part):
    """A parameter: its value before and after, and by how many errors it moves the moment it moves most.

    `fitted` is whether the fit could move it at all.
    """

    name: str
    meaning: str
    before: float
    value: float
    least: float
    most: float
    fitted: bool
    moves: str
    errors_moved: float

    @property
    def is_identified(self) -> bool:
        """Whether some moment moves by more than its own error while it goes through its range."""
        return self.errors_moved > 1


class Fitted(_Part):
    """A whole fit. `distance` is the sum of squared errors off, before and after."""

    population: str
    freelancers: int
    days: int
    points: int
    seeds: int
    surrogate: str
    distance_before: float
    distance: float
    moments: tuple[MomentFound, ...]
    parameters: tuple[ParameterFound, ...]

    @property
    def not_met(self) -> tuple[str, ...]:
        """The moments that are more than two standard errors off."""
        return tuple(each.name for each in self.moments if not each.is_met)

    @property
    def not_identified(self) -> tuple[str, ...]:
        """The parameters that the data say nothing about."""
        return tuple(each.name for each in self.parameters if not each.is_identified)

    def as_json(self) -> dict[str, object]:
        """As programs read it."""
        named = {"not_met": self.not_met, "not_identified": self.not_identified}
        return {
            **self.model_dump(mode="json"),
            **{key: list(names) for key, names in named.items()},
        }

    def as_toml(self) -> str:
        """What a study writes to play with these values."""
        values = ", ".join(
            f"{each.name} = {each.value:.4g}" for each in self.parameters if each.fitted
        )
        return f"behaviour = {{ {values} }}"
