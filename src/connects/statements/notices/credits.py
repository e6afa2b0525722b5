"""Notices about Connects: what came, what came back, what is about to go."""

from __future__ import annotations

from connects.statements.ledger_words import gone_at_once
from connects.statements.notices.kinds import (
    BALANCE,
    PROPOSAL,
    NoticeKind,
    Page,
    about,
    as_sentence,
    titled,
)
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.refusals import Parameters
from connects.vocabulary.returns import ReturnCause

MEMBER = "the account"
HISTORY = Page("membership", "See your history")

_RETURNED_BECAUSE = {
    ReturnCause.CLOSED_WITHOUT_HIRE.value: "the client closed {} without hiring",
    ReturnCause.CLOSED_LATE.value: "the client closed {} without hiring",
    ReturnCause.CLOSED_AFTER_HIRE.value: "the client hired somebody else for {}, and closed it",
    ReturnCause.REMOVED_FOR_TERMS.value: "we removed {} because it broke our rules",
    ReturnCause.CLIENT_SUSPENDED.value: "the client of {} may no longer post here",
    ReturnCause.NEVER_CLOSED.value: "{} was quiet for so long that we closed it for the client",
    ReturnCause.UNREAD.value: "the client of {} did not open your letter in time",
    ReturnCause.INVITED_LATER.value: "the client invited you to {}, so your letter is free",
    ReturnCause.WITHDRAWN.value: "you withdrew from {} in time",
    "appeal": "your appeal about {} was granted",
}

_GRANTED_FOR = {
    "badge": " for your badge",
    "interview": " for your interview about “{}”",
    "promo": " for the code {}",
    "courtesy": " from us: {}",
}


def _came_back(parameters: Parameters) -> str:
    because = _RETURNED_BECAUSE.get(str(parameters["cause"]), "{} ended")
    job = f"“{parameters['title']}”" if parameters.get("title") else "the job"
    came = f"You got {some_connects(parameters['connects'])} back: {because.format(job)}."
    return came + gone_at_once(parameters)


def _withheld(credits: object) -> str:
    return f" {credits} more did not fit under your limit." if credits else ""


_RELEASED_BECAUSE = {
    "ran_out": "the proposal to {} was not sent in time",
    "job_ended": "{} is closed",
    "suspended": "your account was suspended before the proposal to {} was sent",
}


def _released(parameters: Parameters) -> str:
    because = _RELEASED_BECAUSE.get(str(parameters["why"]), "the proposal to {} was not sent")
    job = about(parameters) if parameters.get("title") else "the job"
    free = f"{some_connects(parameters['connects'])} held for you are free again"
    owed = f" {parameters['owed']} of them pay what you owed." if parameters.get("owed") else ""
    return f"{free}: {because.format(job)}.{owed}{gone_at_once(parameters)}"


KINDS: dict[str, NoticeKind] = {
    "connects-released": NoticeKind(
        "who proposed",
        "returns",
        lambda p: titled(f"{some_connects(p['connects'])} are free again", p),
        _released,
        HISTORY,
    ),
    "connects-returned": NoticeKind(
        "who proposed",
        "returns",
        lambda p: titled(f"You got {some_connects(p['connects'])} back", p),
        _came_back,
        PROPOSAL,
    ),
    "connects-granted": NoticeKind(
        MEMBER,
        "returns",
        lambda p: f"You got {some_connects(p['connects'])}",
        lambda p: (
            f"You got {some_connects(p['connects'])}{_GRANTED_FOR[str(p['cause'])].format(p['about'])}."
            f" You now have {p['balance']}.{_withheld(p['withheld'])}"
        ),
        BALANCE,
    ),
    "reward-taken-back": NoticeKind(
        MEMBER,
        "returns",
        lambda p: titled(f"We took {some_connects(p['connects'])} back", p),
        lambda p: (
            f"We took back the {some_connects(p['connects'])} for your interview about {about(p)},"
            " because what the proposal cost came back to you."
        ),
        HISTORY,
    ),
    "connects-coming": NoticeKind(
        MEMBER,
        "returns",
        lambda p: f"{some_connects(p['connects'])} are on their way to you",
        lambda p: (
            f"You get {some_connects(p['connects'])} from us: {p['about']}. They arrive on"
            f" {instant_text(p['starts'])}."
        ),
        BALANCE,
    ),
    "connects-voided": NoticeKind(
        MEMBER,
        "returns",
        lambda p: f"We took {some_connects(p['connects'])} back",
        lambda p: (
            f"We took back {some_connects(p['connects'])}: {p['reason']}. You now have {p['balance']}."
        ),
        HISTORY,
    ),
    "debt-written-off": NoticeKind(
        MEMBER,
        "returns",
        lambda p: f"You owe {some_connects(p['connects'])} less",
        lambda p: (
            f"We no longer ask for {p['connects']} of the Connects that you owed: {p['reason']}."
            f" You now owe {p['debt']}."
        ),
        BALANCE,
    ),
    "appeal-received": NoticeKind(
        "who appealed",
        "returns",
        lambda p: titled("We received your appeal", p),
        lambda p: (
            f"We received your appeal about {about(p)}. Two people on our staff decide it, and we"
            " tell you."
        ),
        PROPOSAL,
    ),
    "appeal-decided": NoticeKind(
        "who appealed",
        "returns",
        lambda p: titled(f"Your appeal was {p['state']}", p),
        lambda p: f"Your appeal about {about(p)} was {p['state']}: {as_sentence(p['reason'])}",
        PROPOSAL,
    ),
    "balance-low": NoticeKind(
        MEMBER,
        "losses",
        lambda p: f"You have {some_connects(p['balance'])} left",
        lambda p: (
            f"You have {some_connects(p['balance'])} left. Buy some before you need them, or let an auto"
            " top-up do it."
        ),
        Page("buy", "Buy Connects"),
    ),
    "connects-expiring": NoticeKind(
        MEMBER,
        "losses",
        lambda p: f"{some_connects(p['connects'])} expire in {p['days']} days",
        lambda p: (
            f"{p['connects']} of your Connects"
            f" {'expires' if p['connects'] == 1 else 'expire'} in {p['days']} days, on"
            f" {instant_text(p['expires'])}. Use them before then, or you lose them."
        ),
        Page("find-work", "Find work"),
    ),
    "connects-not-rolling-over": NoticeKind(
        MEMBER,
        "losses",
        lambda p: f"You would lose {some_connects(p['connects'])} at your renewal",
        lambda p: (
            f"You would lose {some_connects(p['connects'])} on {instant_text(p['when'])}, because they do"
            " not roll over. Use them before then to lose none."
        ),
        Page("membership", "See what rolls over"),
    ),
    "connects-forfeited": NoticeKind(
        MEMBER,
        "losses",
        lambda p: f"You lost {some_connects(p['connects'])} that did not roll over",
        lambda p: (
            f"You lost {some_connects(p['connects'])}, which did not roll over into your new month. You"
            f" now have {p['balance']}."
        ),
        HISTORY,
    ),
    "connects-waiting": NoticeKind(
        MEMBER,
        "losses",
        lambda p: f"{some_connects(p['connects'])} wait for room",
        lambda p: (
            f"{some_connects(p['connects'])} did not fit under your limit. You get them as you spend"
            f" others, until {instant_text(p['until'])}."
        ),
        BALANCE,
    ),
    "waiting-connects": NoticeKind(
        MEMBER,
        "losses",
        lambda p: f"You got {some_connects(p['connects'])} that waited for room",
        lambda p: (
            f"You got {some_connects(p['connects'])} that waited for room. You now have {p['balance']}."
            f"{_still_waiting(p)}"
        ),
        BALANCE,
    ),
    "waiting-connects-lapsed": NoticeKind(
        MEMBER,
        "losses",
        lambda p: f"You lost {some_connects(p['connects'])} that had no room",
        lambda p: (
            f"You lost {some_connects(p['connects'])} that waited for room under your limit, because"
            " their time is over."
        ),
        BALANCE,
    ),
}


def _still_waiting(parameters: Parameters) -> str:
    left = parameters.get("left")
    return f" {left} more wait until {instant_text(parameters['until'])}." if left else ""
