"""The expected "no": a stable code for programs, with the parameters that words are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from connects.vocabulary.problems import Problem


class RefusalCode(StrEnum):
    """Why something was refused. Scenario files and API clients rely on these strings."""

    INSUFFICIENT_CONNECTS = "insufficient_connects"
    BALANCE_CAP = "balance_cap"
    BUNDLE_UNKNOWN = "bundle_unknown"
    PAYMENT_DECLINED = "payment_declined"
    PAYMENT_METHOD_UNAVAILABLE = "payment_method_unavailable"
    JOB_CLOSED = "job_closed"
    ALREADY_PROPOSED = "already_proposed"
    PRICE_CHANGED = "price_changed"
    HOLD_EXPIRED = "hold_expired"
    NOT_MEMBER = "not_member"
    NOT_ALLOWED = "not_allowed"
    RULE_BOOK_UNKNOWN = "rule_book_unknown"
    INVALID = "invalid"
    BATCH_REFUSED = "batch_refused"
    BUSY = "busy"
    TOO_MANY_CALLS = "too_many_calls"


ANSWERED_WITH_REFUSAL = 409
"""The HTTP status of a page that tells a refusal: what was asked does not fit how things stand."""

Parameter = str | int | bool | None
Parameters = Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal: nothing was changed, and this is why.

    `parameters` are facts for the message (numbers of Connects, cents, names), never sentences.
    """

    code: RefusalCode
    parameters: Parameters = field(default_factory=dict)

    @property
    def retry_after_seconds(self) -> int | None:
        """In how many seconds it can be retried, where it was only too often."""
        seconds = self.parameters.get("retry_after_seconds")
        return seconds if isinstance(seconds, int) else None


def invalid(problem: Problem, **parameters: Parameter) -> Refused:
    """The refusal of something that was said; `field` names it."""
    return Refused(RefusalCode.INVALID, {"problem": problem, **parameters})


def not_allowed(problem: Problem, **parameters: Parameter) -> Refused:
    """The refusal of something that they may not do, or not as things stand."""
    return Refused(RefusalCode.NOT_ALLOWED, {"problem": problem, **parameters})


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a decision, as a code with parameters; words are made at the edge."""

    code: str
    parameters: Parameters = field(default_factory=dict)
