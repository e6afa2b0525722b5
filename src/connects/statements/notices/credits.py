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
    some,
)
from connects.statements.words import instant_text
from connects.vocabulary.refusals import Parameters
from connects.vocabulary.returns import ReturnCause

MEMBER = "the account"
HISTORY = Page("membership", "See your history")

_RETURNED_BECAUSE = {
    ReturnCause.CLOSED_WITHOUT_HIRE.value: "the client closed {} without hiring",
    ReturnCause.CLOSED_LATE.value: "the client closed {} without hiring",
    ReturnCause.CLOSED_AFTER_HIRE.value: "the client closed {}",
    ReturnCause.REMOVED_FOR_TERMS.value: "{} was removed for breaking the terms",
    ReturnCause.CLIENT_SUSPENDED.value: "the client of {} was suspended",
    ReturnCause.NEVER_CLOSED.value: "the client of {} fell silent",
    ReturnCause.UNREAD.value: "the client of {} did not open your proposal in time",
    ReturnCause.INVITED_LATER.value: "you were invited to {} after you had paid",
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
    came = f"You got {some(parameters['connects'])} back: {because.format(job)}."
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
    free = f"{some(parameters['connects'])} that were held for you are free again"
    owed = f" {parameters['owed']} of them pay what you owed." if parameters.get("owed") else ""
    return f"{free}: {because.format(job)}.{owed}{gone_at_once(parameters)}"


KINDS: dict[str, NoticeKind] = {
    "connects-released": NoticeKind(
        "who proposed",
        "returns",
        "Connects that were held for you are free again",
        _released,
        HISTORY,
    ),
    "connects-returned": NoticeKind(
        "who proposed", "returns", "You got Connects back", _came_back, PROPOSAL
    ),
    "connects-granted": NoticeKind(
        MEMBER,
        "returns",
        "You got Connects",
        lambda p: (
            f"You got {some(p['connects'])}{_GRANTED_FOR[str(p['cause'])].format(p['about'])}."
            f" You now hold {p['balance']}.{_withheld(p['withheld'])}"
        ),
        BALANCE,
    ),
    "reward-taken-back": NoticeKind(
        MEMBER,
        "returns",
        "The Connects for an interview were taken back",
        lambda p: (
            f"We took back the {some(p['connects'])} for your interview about {about(p)}, because"
            " what the proposal cost came back to you."
        ),
        HISTORY,
    ),
    "connects-coming": NoticeKind(
        MEMBER,
        "returns",
        "Connects are on their way to you",
        lambda p: (
            f"You get {some(p['connects'])} from us: {p['about']}. They arrive on"
            f" {instant_text(p['starts'])}."
        ),
        BALANCE,
    ),
    "connects-voided": NoticeKind(
        MEMBER,
        "returns",
        "Connects were taken back",
        lambda p: (
            f"We took back {some(p['connects'])}: {p['reason']}. You now hold {p['balance']}."
        ),
        HISTORY,
    ),
    "debt-written-off": NoticeKind(
        MEMBER,
        "returns",
        "You owe less",
        lambda p: (
            f"We no longer ask for {p['connects']} of the Connects that you owed: {p['reason']}."
            f" You now owe {p['debt']}."
        ),
        BALANCE,
    ),
    "appeal-received": NoticeKind(
        "who appealed",
        "returns",
        "We received your appeal",
        lambda p: (
            f"We received your appeal about {about(p)}. Two people on our staff decide it, and we"
            " tell you."
        ),
        PROPOSAL,
    ),
    "appeal-decided": NoticeKind(
        "who appealed",
        "returns",
        "Your appeal was decided",
        lambda p: f"Your appeal about {about(p)} was {p['state']}: {as_sentence(p['reason'])}",
        PROPOSAL,
    ),
    "balance-low": NoticeKind(
        MEMBER,
        "losses",
        "You have few Connects left",
        lambda p: (
            f"You have {some(p['balance'])} left. Buy some before you need them, or let an auto top-up do"
            " it."
        ),
        Page("buy", "Buy Connects"),
    ),
    "connects-expiring": NoticeKind(
        MEMBER,
        "losses",
        "Some of your Connects expire soon",
        lambda p: (
            f"{p['connects']} of your Connects"
            f" {'expires' if p['connects'] == 1 else 'expire'} in {p['days']} days, on"
            f" {instant_text(p['expires'])}. Use them first, or they are gone."
        ),
        Page("find-work", "Find work"),
    ),
    "connects-not-rolling-over": NoticeKind(
        MEMBER,
        "losses",
        "Some of your Connects will not roll over",
        lambda p: (
            f"You would lose {some(p['connects'])} on {instant_text(p['when'])}: they do not roll over,"
            " unless you use them first."
        ),
        Page("membership", "See what rolls over"),
    ),
    "connects-forfeited": NoticeKind(
        MEMBER,
        "losses",
        "Some of your Connects did not roll over",
        lambda p: (
            f"You lost {some(p['connects'])}, which did not roll over into your new month. You now hold"
            f" {p['balance']}."
        ),
        HISTORY,
    ),
    "connects-waiting": NoticeKind(
        MEMBER,
        "losses",
        "Connects wait for room",
        lambda p: (
            f"{some(p['connects'])} do not fit under your limit now. They come as you spend, until"
            f" {instant_text(p['until'])}."
        ),
        BALANCE,
    ),
    "waiting-connects": NoticeKind(
        MEMBER,
        "losses",
        "Connects came that had waited",
        lambda p: (
            f"{some(p['connects'])} came that had waited for room. You now hold {p['balance']}."
            f"{_still_waiting(p)}"
        ),
        BALANCE,
    ),
    "waiting-connects-lapsed": NoticeKind(
        MEMBER,
        "losses",
        "You lost Connects that had no room",
        lambda p: (
            f"You lost {some(p['connects'])} that waited for room under your limit: their time is over."
        ),
        BALANCE,
    ),
}


def _still_waiting(parameters: Parameters) -> str:
    left = parameters.get("left")
    return f" {left} more wait until {instant_text(parameters['until'])}." if left else ""
