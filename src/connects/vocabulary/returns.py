"""Why Connects come back, or do not."""

from __future__ import annotations

from enum import StrEnum


class ReturnCause(StrEnum):
    """How a proposal's job ended for it."""

    CLOSED_WITHOUT_HIRE = "closed_without_hire"
    CLOSED_AFTER_HIRE = "closed_after_hire"
    REMOVED_FOR_TERMS = "removed_for_terms"
    NEVER_CLOSED = "never_closed"
