"""What an action answers."""

from __future__ import annotations

from dataclasses import dataclass

from connects.journal.port import Posted
from connects.vocabulary.events import Event


@dataclass(frozen=True, slots=True)
class Accepted:
    """It was done: what the journal posted, in order, and what others must hear of."""

    posted: tuple[Posted, ...] = ()
    events: tuple[Event, ...] = ()
