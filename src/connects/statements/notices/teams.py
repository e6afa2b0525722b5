"""Notices about an agency and its team."""

from __future__ import annotations

from connects.statements.notices.kinds import NoticeKind, Page
from connects.statements.words import instant_text
from connects.vocabulary.refusals import Parameters

AGENCY = "the agency"
MEMBER = "the member"
INVITED = "who was invited"
TEAM = Page("team", "See your team")
WORK = Page("find-work", "Find work")

KINDS: dict[str, NoticeKind] = {
    "team-invited": NoticeKind(
        INVITED,
        "work",
        lambda p: f"{p['name']} invites you to its team",
        lambda p: (
            f"{p['name']} invites you to its team as {_with_article(str(p['role']))}. Accept or decline"
            f" by {instant_text(p['expires'])}."
        ),
        Page("invitations", "Answer the invitation"),
    ),
    "team-invitation-answered": NoticeKind(
        AGENCY,
        "work",
        lambda p: f"{p['name']} {p['answer']} your invitation",
        lambda p: f"{p['name']} {p['answer']} your invitation to the team.",
        TEAM,
    ),
    "team-invitation-withdrawn": NoticeKind(
        INVITED,
        "work",
        lambda p: f"{p['name']} took its invitation back",
        lambda p: f"{p['name']} took its invitation to the team back. There is nothing to do.",
        Page("invitations", "See your invitations"),
    ),
    "team-left": NoticeKind(
        AGENCY,
        "work",
        lambda p: f"{p['name']} has left your team",
        lambda p: (
            f"{p['name']} has left your team. The proposals they sent for you stay yours, and so do the"
            " Connects that come back."
        ),
        TEAM,
    ),
    "team-removed": NoticeKind(
        MEMBER,
        "work",
        lambda p: f"You are no longer in the team of {p['name']}",
        lambda p: (
            f"{p['name']} removed you from its team. The proposals you sent for it stay there. You can"
            " still propose for yourself."
        ),
        WORK,
    ),
    "team-terms": NoticeKind(
        MEMBER,
        "work",
        lambda p: f"{p['name']} changed what you may spend",
        lambda p: f"{p['name']} changed what you may spend: {_may_spend(p)}.",
        WORK,
    ),
    "agency-frozen": NoticeKind(
        MEMBER,
        "work",
        lambda p: f"{p['name']} is frozen",
        lambda p: (
            f"{p['name']} has frozen its plan, so you cannot propose for it. You can still propose for"
            " yourself."
        ),
        WORK,
    ),
    "agency-revived": NoticeKind(
        MEMBER,
        "work",
        lambda p: f"{p['name']} is back",
        lambda p: f"{p['name']} is no longer frozen. You can propose for it again.",
        WORK,
    ),
}


def _may_spend(parameters: Parameters) -> str:
    if not parameters["may_spend"]:
        return "none of its Connects"
    most = parameters["most"]
    return (
        "as many of its Connects as you need"
        if most is None
        else f"at most {most} Connects a month"
    )


def _with_article(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
