"""Words for limits: how much is possible, what is left, and when again."""

from __future__ import annotations

from connects.statements.words import Spoken, some_connects
from connects.vocabulary.refusals import Parameters
from connects.wording import figures
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

NOUNS = Spoken(
    {
        "calls": mark("calls"),
        "codes": mark("codes"),
        "e-mails": mark("e-mails"),
        "flags": mark("flags"),
        "invitations": mark("invitations"),
        "messages": mark("messages"),
        "posts": mark("jobs"),
        "replies": mark("replies"),
        "sign-ups": mark("sign-ups"),
    }
)
"""What there can be too much of, as people say it."""


def span_text(seconds: int) -> str:
    """A time to wait, rounded up to what people count in: `2 hours`."""
    if seconds >= 86_400:
        return ngettext("{n} day", "{n} days", -(-seconds // 86_400))
    if seconds >= 3_600:
        return ngettext("{n} hour", "{n} hours", -(-seconds // 3_600))
    if seconds >= 60:
        return ngettext("{n} minute", "{n} minutes", -(-seconds // 60))
    return ngettext("{n} second", "{n} seconds", seconds)


def too_often_text(parameters: Parameters) -> str:
    """How often it is possible, and how long to wait."""
    most, noun = parameters["most"], parameters["noun"]
    within = span_text(int(parameters["within_seconds"] or 0))
    wait = span_text(int(parameters["retry_after_seconds"] or 0))
    return _(
        "At most {most} {noun} are possible within {within}. Try again in {wait}.",
        most=most,
        noun=NOUNS.get(str(noun), str(noun)),
        within=within,
        wait=wait,
    )


def most_of_own(parameters: Parameters) -> str:
    """How much that is, where it is known."""
    most = parameters.get("most")
    return "" if most is None else _(": {most} a month", most=some_connects(most))


def price_of_one(parameters: Parameters) -> str:
    """The least that is enough, where it is known."""
    price = parameters.get("price")
    return "" if price is None else f", {price}"


def over_spending_limit(parameters: Parameters) -> str:
    """What the letter costs, and what is left of the limit."""
    most, spent = int(parameters["most"] or 0), int(parameters["spent"] or 0)
    if "needed" not in parameters:
        return _("This would go over your monthly limit. Raise it, or wait for the new month.")
    left = max(most - spent, 0)
    return _(
        "This letter costs {needed}, and you have {left} left of your {most} for"
        " this month. Raise your limit, or wait for the new month.",
        needed=parameters["needed"],
        left=left,
        most=some_connects(most),
    )


def too_many_invitations_text(parameters: Parameters) -> str:
    """Too many at once, or too many for one post."""
    if "retry_after_seconds" in parameters:
        return too_often_text(parameters)
    return _("This job has sent as many invitations as it can. Wait for answers to them.")


def not_a_limit(parameters: Parameters) -> str:
    """What to enter, and what still applies."""
    most, still = int(parameters["most"] or 0), parameters["still"]
    enter = _(
        "Enter a whole number up to {most}, such as 60, or leave it empty for no limit.",
        most=figures.number(most),
    )
    return f"{enter} {still}"
