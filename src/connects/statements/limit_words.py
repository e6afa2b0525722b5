"""Words for limits: how much is possible, what is left, and when again."""

from __future__ import annotations

from connects.statements.words import some_connects
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


def most_of_own(parameters: Parameters) -> str:
    """How much that is, where it is known."""
    most = parameters.get("most")
    return "" if most is None else f": {some_connects(most)} a month"


def price_of_one(parameters: Parameters) -> str:
    """The least that is enough, where it is known."""
    price = parameters.get("price")
    return "" if price is None else f", {price}"


def over_spending_limit(parameters: Parameters) -> str:
    """What the letter costs, and what is left of the limit."""
    most, spent = int(parameters["most"] or 0), int(parameters["spent"] or 0)
    if "needed" not in parameters:
        return "This would go over your monthly limit. Raise it, or wait for the new month."
    left = max(most - spent, 0)
    return (
        f"This letter costs {parameters['needed']}, and you have {left} left of your"
        f" {some_connects(most)} for this month. Raise your limit, or wait for the new month."
    )


def too_many_invitations_text(parameters: Parameters) -> str:
    """Too many at once, or too many for one post."""
    if "retry_after_seconds" in parameters:
        return too_often_text(parameters)
    return "This job has sent as many invitations as it can. Wait for answers to them."


def not_a_limit(parameters: Parameters) -> str:
    """What to enter, and what still applies."""
    most, still = int(parameters["most"] or 0), parameters["still"]
    enter = f"Enter a whole number up to {most:,}, such as 60, or leave it empty for no limit."
    return f"{enter} {still}"
