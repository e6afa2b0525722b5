"""The events that an act hands to the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connects.vocabulary.refusals import Parameter


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an account.

    `key` names the happening, so that telling it twice is telling it once; `code` is the notice's
    stable name (`connects-returned`); `parameters` are facts for its words.
    """

    key: str
    account: int
    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
