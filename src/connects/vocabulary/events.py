"""The events that an act hands to the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connects.vocabulary.refusals import Parameter


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, to an account in all but few cases.

    `key` names the happening, so that telling it twice is telling it once; `code` is the notice's
    stable name (`connects-returned`), or the type of an event of which only programs hear (`job.ended`);
    `parameters` are facts for its words.
    """

    key: str
    account: int | None
    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
