"""Words for acts that came too often: what was too much, and when again."""

from __future__ import annotations

from connects.statements.words import Spoken
from connects.vocabulary.refusals import Parameters
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
        "payments": mark("payments"),
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


def too_many_calls_text(parameters: Parameters) -> str:
    """How often a program may call, and how long it has to wait."""
    return _(
        "You made more than {most} calls within {within}. Nothing was done. Call again in {wait}.",
        most=parameters.get("most"),
        within=span_text(int(parameters.get("within_seconds") or 0)),
        wait=span_text(int(parameters.get("retry_after_seconds") or 0)),
    )


def too_many_invitations_text(parameters: Parameters) -> str:
    """Too many at once, or too many for one post."""
    if "retry_after_seconds" in parameters:
        return too_often_text(parameters)
    return _("You have sent as many invitations to this job as you can. Wait for the answers.")
