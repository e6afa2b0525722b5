"""What an action answers."""

from __future__ import annotations

from dataclasses import dataclass

from connects.journal.port import Posted
from connects.vocabulary.events import Event


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted movement: what the journal posted, in order, and the events for the outbox."""

    posted: tuple[Posted, ...] = ()
    events: tuple[Event, ...] = ()
