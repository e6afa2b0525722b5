"""Notices about an agency and its team."""

from __future__ import annotations

from connects.statements.notices.kinds import NoticeKind, Page
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

AGENCY = "the agency"
MEMBER = "the member"
INVITED = "who was invited"
TEAM = Page("team", mark("See your team"))
WORK = Page("find-work", mark("Find work"))

_AS = {
    "owner": mark("{name} invites you to its team as an owner."),
    "admin": mark("{name} invites you to its team as an admin."),
    "member": mark("{name} invites you to its team as a member."),
}


def _invited(parameters: Parameters) -> str:
    invites = _(_AS.get(str(parameters["role"]), _AS["member"]), name=parameters["name"])
    answer = _("Accept or decline by {expires}.", expires=instant_text(parameters["expires"]))
    return f"{invites} {answer}"


def _answered(parameters: Parameters) -> str:
    if parameters["answer"] == "accepted":
        return _("{name} accepted your invitation", name=parameters["name"])
    return _("{name} declined your invitation", name=parameters["name"])


KINDS: dict[str, NoticeKind] = {
    "team-invited": NoticeKind(
        INVITED,
        "work",
        lambda p: _("{name} invites you to its team", name=p["name"]),
        _invited,
        Page("invitations", mark("Answer the invitation")),
    ),
    "team-invitation-answered": NoticeKind(
        AGENCY,
        "work",
        _answered,
        lambda p: f"{_answered(p)}.",
        TEAM,
    ),
    "team-invitation-withdrawn": NoticeKind(
        INVITED,
        "work",
        lambda p: _("{name} withdrew its invitation", name=p["name"]),
        lambda p: _(
            "{name} withdrew its invitation to its team, so there is nothing for you to do.",
            name=p["name"],
        ),
        Page("invitations", mark("See your invitations")),
    ),
    "team-left": NoticeKind(
        AGENCY,
        "work",
        lambda p: _("{name} has left your team", name=p["name"]),
        lambda p: _(
            "{name} has left your team. The proposals they sent for you stay"
            " yours, and so do the Connects that come back.",
            name=p["name"],
        ),
        TEAM,
    ),
    "team-removed": NoticeKind(
        MEMBER,
        "work",
        lambda p: _("You are no longer on the team of {name}", name=p["name"]),
        lambda p: _(
            "{name} removed you from its team. The proposals you sent for it stay"
            " there. You can still propose for yourself.",
            name=p["name"],
        ),
        WORK,
    ),
    "team-terms": NoticeKind(
        MEMBER,
        "work",
        lambda p: _("{name} changed what you may spend", name=p["name"]),
        lambda p: _(
            "{name} changed what you may spend: {may_spend}.",
            name=p["name"],
            may_spend=_may_spend(p),
        ),
        WORK,
    ),
    "agency-frozen": NoticeKind(
        MEMBER,
        "work",
        lambda p: _("{name} is frozen", name=p["name"]),
        lambda p: _(
            "{name} has frozen its plan, so you cannot propose for it. You can still"
            " propose for yourself.",
            name=p["name"],
        ),
        WORK,
    ),
    "agency-revived": NoticeKind(
        MEMBER,
        "work",
        lambda p: _("{name} is back", name=p["name"]),
        lambda p: _("{name} is no longer frozen. You can propose for it again.", name=p["name"]),
        WORK,
    ),
}


def _may_spend(parameters: Parameters) -> str:
    if not parameters["may_spend"]:
        return _("none of its Connects")
    most = parameters["most"]
    return (
        _("as many of its Connects as you need")
        if most is None
        else _("at most {most} a month", most=some_connects(most))
    )
