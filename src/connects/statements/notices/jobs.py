"""Notices about jobs and what becomes of them: to their client."""

from __future__ import annotations

from connects.statements.notices.kinds import (
    JOB_OF_CLIENT,
    PROPOSAL,
    NoticeKind,
    Page,
    about,
    as_sentence,
    for_job,
    titled,
)
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

CLIENT = "the client"


def _goes_back(parameters: Parameters) -> str:
    """What closing gives back, where it gives anything."""
    connects, people = parameters.get("connects"), parameters.get("people")
    if not connects:
        return ""
    return ngettext(
        " If you close it without hiring, {n} freelancer gets {connects} back.",
        " If you close it without hiring, {n} freelancers get {connects} back.",
        int(people or 0),
        connects=some_connects(connects),
    )


def _waiting(parameters: Parameters) -> str:
    if not _proposals(parameters):
        return f"{_nobody_yet(parameters)}{_closing_alone(parameters)}"
    waits = ngettext(
        "Your job {job} has {n} proposal waiting for you. Hire somebody or close it, so that they know.",
        "Your job {job} has {n} proposals waiting for you. Hire somebody or close it, so that they know.",
        _proposals(parameters),
        job=about(parameters),
    )
    return f"{waits}{_goes_back(parameters)}{_closing(parameters)}"


def _waiting_more(parameters: Parameters) -> str:
    if not _proposals(parameters):
        alone = _("{job} is open. Invite people, edit it, or close it.", job=about(parameters))
        return f"{alone}{_closing_alone(parameters)}"
    waits = _("For {job}. Hire somebody or close it, so that they know.", job=about(parameters))
    return f"{waits}{_goes_back(parameters)}{_closing(parameters)}"


def _nobody_yet(parameters: Parameters) -> str:
    return _(
        "Your job {job} is open, and nobody has proposed yet. Invite people, edit it, or close it.",
        job=about(parameters),
    )


def _closing_alone(parameters: Parameters) -> str:
    if not parameters.get("closes"):
        return ""
    if parameters.get("closing"):
        return _(
            " If you do nothing, we will close it for you on {closing}.",
            closing=instant_text(parameters["closing"]),
        )
    return _(" If you do nothing, we will close it for you.")


def _waiting_title(parameters: Parameters) -> str:
    number = _proposals(parameters)
    if not number:
        return titled(_("Nobody has proposed yet"), parameters)
    return titled(
        ngettext("{n} proposal waits for you", "{n} proposals wait for you", number), parameters
    )


def _proposals(parameters: Parameters) -> int:
    return int(parameters["proposals"] or 0)


def _closing(parameters: Parameters) -> str:
    """What becomes of the job without the client, and what that gives back, where it gives anything."""
    if not parameters.get("closes"):
        return ""
    if not parameters.get("closing"):
        return _(" If you do neither, we will close it for you.")
    when = instant_text(parameters["closing"])
    if not parameters.get("connects_later"):
        return _(" If you do neither, we will close it for you on {closing}.", closing=when)
    return ngettext(
        " If you do neither, we will close it"
        " for you on {closing},"
        " and {n} freelancer gets {connects} back.",
        " If you do neither, we will close it"
        " for you on {closing},"
        " and {n} freelancers get {connects} back.",
        int(parameters.get("people_later") or 0),
        closing=when,
        connects=some_connects(parameters["connects_later"]),
    )


def _closed_for_you(parameters: Parameters) -> str:
    closed = _closed_because(parameters)
    return f"{closed}{_went_back(parameters)}{_may_reopen(parameters)}"


def _closed_because(parameters: Parameters) -> str:
    if not parameters.get("days"):
        return _(
            "We closed your job {job} for you, because nothing happened.", job=about(parameters)
        )
    return _(
        "We closed your job {job} for you, because you did nothing about it for {days} days.",
        job=about(parameters),
        days=parameters["days"],
    )


def _went_back(parameters: Parameters) -> str:
    """What closing gave back, where it gave anything."""
    connects, people = parameters.get("connects"), parameters.get("people")
    if not connects:
        return ""
    return ngettext(
        " {n} freelancer gets {connects} back.",
        " {n} freelancers get {connects} back.",
        int(people or 0),
        connects=some_connects(connects),
    )


def _may_reopen(parameters: Parameters) -> str:
    if "until" not in parameters:
        return _(" You can reopen it.")
    if not parameters["until"]:
        return _(" You can post it again.")
    return _(" You can reopen it until {until}.", until=instant_text(parameters["until"]))


def _is_accepted(parameters: Parameters) -> bool:
    return parameters["answer"] == "accepted"


def _name(parameters: Parameters) -> str:
    """Who proposed; what was told once did not say."""
    return str(parameters.get("name") or _("The freelancer"))


KINDS: dict[str, NoticeKind] = {
    "proposal-received": NoticeKind(
        CLIENT,
        "work",
        lambda p: titled(_("{name} sent you a proposal", name=p["name"]), p),
        lambda p: _("{name} sent you a proposal for {job}.", name=p["name"], job=about(p)),
        Page("proposal", mark("Read the proposal"), "proposal"),
        more=for_job,
    ),
    "offer-answered": NoticeKind(
        CLIENT,
        "work",
        lambda p: titled(
            _("{name} accepted your offer", name=_name(p))
            if _is_accepted(p)
            else _("{name} declined your offer", name=_name(p)),
            p,
        ),
        lambda p: (
            _("{name} accepted your offer for {job}.", name=_name(p), job=about(p))
            if _is_accepted(p)
            else _("{name} declined your offer for {job}.", name=_name(p), job=about(p))
        ),
        PROPOSAL,
        more=for_job,
    ),
    "proposal-withdrawn": NoticeKind(
        CLIENT,
        "work",
        lambda p: titled(_("{name} withdrew", name=p["name"]), p),
        lambda p: _(
            "{name} withdrew the proposal they sent you for {job}.", name=p["name"], job=about(p)
        ),
        JOB_OF_CLIENT,
        more=for_job,
    ),
    "invitation-declined": NoticeKind(
        CLIENT,
        "work",
        lambda p: titled(_("{name} declined your invitation", name=p["name"]), p),
        lambda p: _(
            "{name} declined your invitation to {job}. You can invite others.",
            name=p["name"],
            job=about(p),
        ),
        JOB_OF_CLIENT,
        more=lambda p: _("For {job}. You can invite others.", job=about(p)),
    ),
    "post-expired": NoticeKind(
        CLIENT,
        "posts",
        lambda p: titled(_("Your job has ended"), p),
        lambda p: _(
            "Your job {job} was open for as long as a job can be, and has ended. You can post it again.",
            job=about(p),
        ),
        JOB_OF_CLIENT,
    ),
    "post-waiting": NoticeKind(
        CLIENT,
        "posts",
        _waiting_title,
        _waiting,
        JOB_OF_CLIENT,
        more=_waiting_more,
    ),
    "post-closed-for-silence": NoticeKind(
        CLIENT,
        "posts",
        lambda p: titled(_("We closed your job"), p),
        _closed_for_you,
        JOB_OF_CLIENT,
    ),
    "post-removed": NoticeKind(
        CLIENT,
        "posts",
        lambda p: titled(_("We removed your job"), p),
        lambda p: _(
            "We removed your job {job}, because it broke our rules: {reason}"
            " Everyone who proposed gets their Connects back. Change what broke the"
            " rules, and you can post it again.",
            job=about(p),
            reason=as_sentence(p["reason"] or _("see the rules")),
        ),
        JOB_OF_CLIENT,
    ),
}
