"""The causes for which Connects come back, or do not."""

from __future__ import annotations

from enum import StrEnum


class ReturnCause(StrEnum):
    """What happened to a proposal. The last three concern it alone, the others end its job.

    `closed_late` is `closed_without_hire` under a rule book that sets a deadline for that.
    """

    CLOSED_WITHOUT_HIRE = "closed_without_hire"
    CLOSED_LATE = "closed_late"
    CLOSED_AFTER_HIRE = "closed_after_hire"
    REMOVED_FOR_TERMS = "removed_for_terms"
    CLIENT_SUSPENDED = "client_suspended"
    NEVER_CLOSED = "never_closed"
    UNREAD = "unread"
    INVITED_LATER = "invited_later"
    WITHDRAWN = "withdrawn"

    @property
    def is_members_doing(self) -> bool:
        """Whether the member caused it; what comes back then keeps the end that it had."""
        return self is ReturnCause.WITHDRAWN


JOB_ENDS = (
    ReturnCause.CLOSED_WITHOUT_HIRE,
    ReturnCause.CLOSED_LATE,
    ReturnCause.CLOSED_AFTER_HIRE,
    ReturnCause.REMOVED_FOR_TERMS,
    ReturnCause.CLIENT_SUSPENDED,
    ReturnCause.NEVER_CLOSED,
)


class Stage(StrEnum):
    """How far a proposal got with its client: engaged is shortlisted, or written to."""

    UNOPENED = "unopened"
    OPENED = "opened"
    ENGAGED = "engaged"
