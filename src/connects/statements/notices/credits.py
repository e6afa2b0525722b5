"""Notices about Connects: what came, what came back, what was taken back."""

from __future__ import annotations

from connects.statements.history_words import CAME_BACK
from connects.statements.ledger_words import all_gone_at_once, gone_at_once
from connects.statements.notices.kinds import (
    BALANCE,
    HISTORY,
    PROPOSAL,
    NoticeKind,
    about,
    as_sentence,
    for_job,
    titled,
    you_now_have,
)
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.refusals import Parameters
from connects.vocabulary.returns import ReturnCause
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

MEMBER = "the account"

_RETURNED_BECAUSE = {
    ReturnCause.CLOSED_WITHOUT_HIRE.value: mark(
        "You got {connects} back: the client closed {job} without hiring."
    ),
    ReturnCause.CLOSED_LATE.value: mark(
        "You got {connects} back: the client closed {job} without hiring."
    ),
    ReturnCause.CLOSED_AFTER_HIRE.value: mark(
        "You got {connects} back: the client hired somebody else for {job}, and closed it."
    ),
    ReturnCause.REMOVED_FOR_TERMS.value: mark(
        "You got {connects} back: we removed {job} because it broke our rules."
    ),
    ReturnCause.CLIENT_SUSPENDED.value: mark(
        "You got {connects} back: the client of {job} may no longer post here."
    ),
    ReturnCause.NEVER_CLOSED.value: mark(
        "You got {connects} back: {job} was quiet for so long that we closed it for the client."
    ),
    ReturnCause.UNREAD.value: mark(
        "You got {connects} back: the client of {job} did not open your letter in time."
    ),
    ReturnCause.INVITED_LATER.value: mark(
        "You got {connects} back: the client invited you to {job}, so your letter is free."
    ),
    ReturnCause.WITHDRAWN.value: mark("You got {connects} back: you withdrew from {job} in time."),
    "appeal": mark("You got {connects} back: your appeal about {job} was granted."),
}

_GRANTED_FOR = {
    "badge": mark("You got {connects} for your badge."),
    "interview": mark("You got {connects} for your interview about “{about}”."),
    "promo": mark("You got {connects} for the code {about}."),
    "courtesy": mark("You got {connects} from us: {about}."),
}

_GRANTED_WHY = {
    "badge": mark("For your badge."),
    "interview": mark("For your interview about “{about}”."),
    "promo": mark("For the code {about}."),
    "courtesy": mark("From us: {about}."),
}


def _came_back(parameters: Parameters) -> str:
    words = _RETURNED_BECAUSE.get(
        str(parameters["cause"]), mark("You got {connects} back: {job} ended.")
    )
    came = _(words, connects=some_connects(parameters["connects"]), job=_job(parameters))
    return came + _after_it_came(parameters)


def _after_it_came(parameters: Parameters) -> str:
    return f"{gone_at_once(parameters)}{_why_not_all(parameters)}{you_now_have(parameters)}"


def _why_not_all(parameters: Parameters) -> str:
    """How far the client had got, where it cost a part of what was paid; not told long ago."""
    if not parameters.get("opened") or parameters["connects"] == parameters["paid"]:
        return ""
    return _(
        " You had paid {paid}, and the client had opened your letter.",
        paid=some_connects(parameters["paid"]),
    )


def _job(parameters: Parameters) -> str:
    return about(parameters) if parameters.get("title") else _("the job")


def _granted(parameters: Parameters) -> str:
    got = _(
        _GRANTED_FOR[str(parameters["cause"])],
        connects=some_connects(parameters["connects"]),
        about=parameters["about"],
    )
    now = _("You now have {balance}.", balance=parameters["balance"])
    return f"{got} {now}{_withheld(parameters['withheld'])}"


def _appeal_was(parameters: Parameters) -> str:
    if parameters["state"] == "granted":
        return _("Your appeal was granted")
    return _("Your appeal was not granted")


def _appeal_decided(parameters: Parameters) -> str:
    job, reason = about(parameters), as_sentence(parameters["reason"])
    if parameters["state"] == "granted":
        return _("Your appeal about {job} was granted: {reason}", job=job, reason=reason)
    return _("Your appeal about {job} was not granted: {reason}", job=job, reason=reason)


def _why_back(parameters: Parameters) -> str:
    why = CAME_BACK.get(str(parameters["cause"]), "")
    about_it = _("{job}: {why}.", job=_job(parameters), why=why) if why else for_job(parameters)
    return about_it + _after_it_came(parameters)


def _granted_more(parameters: Parameters) -> str:
    why = _(_GRANTED_WHY[str(parameters["cause"])], about=parameters["about"])
    now = _("You now have {balance}.", balance=parameters["balance"])
    return f"{why} {now}{_withheld(parameters['withheld'])}"


def _withheld(credits: object) -> str:
    return _(" {credits} more did not fit under your limit.", credits=credits) if credits else ""


_RELEASED_BECAUSE = {
    "ran_out": mark(
        "You can use the {connects} held for you again: the proposal to {job} was not sent in time."
    ),
    "job_ended": mark("You can use the {connects} held for you again: {job} is closed."),
    "suspended": mark(
        "You can use the {connects} held for you again: your account was suspended before the"
        " proposal to {job} was sent."
    ),
}


def _came_back_title(parameters: Parameters) -> str:
    if all_gone_at_once(parameters):
        came = ngettext(
            "{n} Connect came back, but had expired",
            "{n} Connects came back, but had expired",
            int(parameters["connects"] or 0),
        )
    else:
        came = _("You got {connects} back", connects=some_connects(parameters["connects"]))
    return titled(came, parameters)


def _released_title(parameters: Parameters) -> str:
    if all_gone_at_once(parameters):
        free = ngettext(
            "{n} Connect held for you has expired",
            "{n} Connects held for you have expired",
            int(parameters["connects"] or 0),
        )
    else:
        free = _("You can use {connects} again", connects=some_connects(parameters["connects"]))
    return titled(free, parameters)


def _released(parameters: Parameters) -> str:
    if all_gone_at_once(parameters):
        return ngettext(
            "{n} Connect was held for a proposal to {job}, which was not sent. Meanwhile it passed"
            " its expiry date, so it has expired.",
            "{n} Connects were held for a proposal to {job}, which was not sent. Meanwhile they passed"
            " their expiry date, so they have expired.",
            int(parameters["connects"] or 0),
            job=_job(parameters),
        )
    words = _RELEASED_BECAUSE.get(
        str(parameters["why"]),
        mark("You can use the {connects} held for you again: the proposal to {job} was not sent."),
    )
    free = _(words, connects=some_connects(parameters["connects"]), job=_job(parameters))
    owed = int(parameters.get("owed") or 0)
    paid = (
        ngettext(" {n} of them pays what you owed.", " {n} of them pay what you owed.", owed)
        if owed
        else ""
    )
    return f"{free}{paid}{gone_at_once(parameters)}"


KINDS: dict[str, NoticeKind] = {
    "connects-released": NoticeKind(
        "who proposed",
        "returns",
        _released_title,
        _released,
        HISTORY,
    ),
    "connects-returned": NoticeKind(
        "who proposed",
        "returns",
        _came_back_title,
        _came_back,
        PROPOSAL,
        more=_why_back,
    ),
    "connects-granted": NoticeKind(
        MEMBER,
        "returns",
        lambda p: _("You got {connects}", connects=some_connects(p["connects"])),
        _granted,
        BALANCE,
        more=_granted_more,
    ),
    "reward-taken-back": NoticeKind(
        MEMBER,
        "returns",
        lambda p: titled(_("We took {connects} back", connects=some_connects(p["connects"])), p),
        lambda p: _(
            "We took back the {connects} for your interview about {job}, because what"
            " the proposal cost came back to you.",
            connects=some_connects(p["connects"]),
            job=about(p),
        ),
        HISTORY,
    ),
    "connects-coming": NoticeKind(
        MEMBER,
        "returns",
        lambda p: _("You will get {connects}", connects=some_connects(p["connects"])),
        lambda p: _(
            "You will get {connects} from us on {starts}: {about}.",
            connects=some_connects(p["connects"]),
            about=p["about"],
            starts=instant_text(p["starts"]),
        ),
        BALANCE,
    ),
    "connects-voided": NoticeKind(
        MEMBER,
        "returns",
        lambda p: _("We took {connects} back", connects=some_connects(p["connects"])),
        lambda p: _(
            "We took back {connects}: {reason}. You now have {balance}.",
            connects=some_connects(p["connects"]),
            reason=p["reason"],
            balance=p["balance"],
        ),
        HISTORY,
    ),
    "debt-written-off": NoticeKind(
        MEMBER,
        "returns",
        lambda p: _("You owe {connects} less", connects=some_connects(p["connects"])),
        lambda p: _(
            "We wrote off {connects} of the Connects that you owed: {reason}. You now owe {debt}.",
            connects=p["connects"],
            reason=p["reason"],
            debt=p["debt"],
        ),
        BALANCE,
    ),
    "appeal-received": NoticeKind(
        "who appealed",
        "returns",
        lambda p: titled(_("We received your appeal"), p),
        lambda p: _(
            "We received your appeal about {job}. Two of our staff will decide it, and we will tell you.",
            job=about(p),
        ),
        PROPOSAL,
        more=lambda p: _(
            "About {job}. Two of our staff will decide it, and we will tell you.", job=about(p)
        ),
    ),
    "appeal-decided": NoticeKind(
        "who appealed",
        "returns",
        lambda p: titled(_appeal_was(p), p),
        _appeal_decided,
        PROPOSAL,
        more=lambda p: _("About {job}: {reason}", job=about(p), reason=as_sentence(p["reason"])),
    ),
}
