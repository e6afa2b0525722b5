"""Words for what was done too often: how much is possible, and when again."""

from __future__ import annotations

from connects.vocabulary.refusals import Parameters


def span_text(seconds: int) -> str:
    """A time to wait, rounded up to what people count in: `2 hours`."""
    for unit, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds > unit:
            return f"{-(-seconds // unit)} {name}s"
        if seconds == unit:
            return f"1 {name}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def too_often_text(parameters: Parameters) -> str:
    """How often it is possible, and how long to wait."""
    most, noun = parameters["most"], parameters["noun"]
    within = span_text(int(parameters["within_seconds"] or 0))
    wait = span_text(int(parameters["retry_after_seconds"] or 0))
    return f"At most {most} {noun} are possible within {within}. Try again in {wait}."
