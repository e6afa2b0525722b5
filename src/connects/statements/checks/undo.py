"""Undo: what a message offers that says what was done, where it can be done back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

MARK = "undo:"


@dataclass(frozen=True, slots=True)
class Undo:
    """A form that does an act back: the path that it is sent to, and its fields."""

    to: str
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """The undo as a tag of a message."""
        return MARK + json.dumps([self.to, dict(self.fields)])


def undo_in(tags: str) -> Undo | None:
    """The undo that a message carries among its tags; None where it has none."""
    if not tags.startswith(MARK):
        return None
    to, fields = json.loads(tags.removeprefix(MARK))
    return Undo(to, fields)
