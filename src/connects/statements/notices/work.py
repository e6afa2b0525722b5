"""Notices about proposals and jobs: to who proposed, and to the client."""

from __future__ import annotations

from connects.statements.notices.kinds import (
    JOB_OF_CLIENT,
    PROPOSAL,
    NoticeKind,
    Page,
    about,
    titled,
)
from connects.statements.words import some_connects
from connects.vocabulary.refusals import Parameters

FREELANCER = "who proposed"
CLIENT = "the client"
INVITED = "who was invited"


def _price_now(parameters: Parameters) -> str:
    was, now = parameters.get("was"), parameters.get("now")
    if was is None or was == now:
        return ""
    return f" New proposals now cost {some_connects(now)}; yours stays at what you paid."


def _goes_back(parameters: Parameters) -> str:
    """What closing gives back, where it gives anything."""
    connects, people = parameters.get("connects"), parameters.get("people")
    if not connects:
        return ""
    who = f"{people} freelancer{'' if people == 1 else 's'}"
    get = "gets" if people == 1 else "get"
    return f" If you close it without hiring, {who} {get} {some_connects(connects)} back."


def _paid(connects: object) -> str:
    return f"It cost {some_connects(connects)}." if connects else "It was free."


def _came_back(connects: object) -> str:
    if not connects:
        return "No Connects came back."
    return f"{some_connects(connects)} came back."


def _closing(parameters: Parameters) -> str:
    if not parameters.get("closes"):
        return ""
    return " If you do neither, we close it for you, and they get Connects back."


KINDS: dict[str, NoticeKind] = {
    "proposal-received": NoticeKind(
        CLIENT,
        "work",
        lambda p: titled(f"{p['name']} sent you a proposal", p),
        lambda p: f"{p['name']} sent you a proposal for {about(p)}.",
        Page("proposal", "Read the proposal", "proposal"),
    ),
    "program-sent": NoticeKind(
        "whose key the program sent",
        "work",
        lambda p: titled(f"{p['program']} sent a proposal", p),
        lambda p: (
            f"Your program “{p['program']}” (key {p['key']}…) sent a proposal for {about(p)}."
            f" {_paid(p['connects'])} If you did not want that, revoke its key under API keys."
        ),
        PROPOSAL,
    ),
    "program-withdrew": NoticeKind(
        "whose key the program sent",
        "work",
        lambda p: titled(f"{p['program']} withdrew your proposal", p),
        lambda p: (
            f"Your program “{p['program']}” (key {p['key']}…) withdrew your proposal for {about(p)}."
            f" {_came_back(p['connects'])}"
        ),
        PROPOSAL,
    ),
    "shortlisted": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("You are on a short list", p),
        lambda p: f"{_client(p)} put you on the short list for {about(p)}.",
        PROPOSAL,
    ),
    "message": NoticeKind(
        "the other of the two",
        "work",
        lambda p: titled(f"{p.get('name') or 'Somebody'} wrote to you", p),
        lambda p: f"{p.get('name') or 'Somebody'} wrote to you about {about(p)}.",
        Page("proposal", "Read and reply", "proposal"),
    ),
    "offer": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("You have an offer", p),
        lambda p: f"{_client(p)} offers you {about(p)}. You can accept or decline.",
        Page("proposal", "Answer the offer", "proposal"),
    ),
    "offer-answered": NoticeKind(
        CLIENT,
        "work",
        lambda p: titled(f"Your offer was {p['answer']}", p),
        lambda p: f"Your offer for {about(p)} was {p['answer']}.",
        PROPOSAL,
    ),
    "hired": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("You are hired", p),
        lambda p: f"{_client(p)} hired you for {about(p)}. Congratulations!",
        PROPOSAL,
    ),
    "declined": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("Your proposal was declined", p),
        lambda p: f"{_client(p)} declined your proposal for {about(p)}.",
        Page("proposal", "See what may still come back", "proposal"),
    ),
    "reconsidered": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("Your proposal is no longer declined", p),
        lambda p: (
            f"{_client(p)} had second thoughts about {about(p)}: your proposal is no longer declined."
        ),
        PROPOSAL,
    ),
    "job-reopened": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("Open again", p),
        lambda p: (
            f"{about(p)} is open again, and your proposal stands. What came back to you stays yours."
        ),
        PROPOSAL,
    ),
    "proposal-withdrawn": NoticeKind(
        CLIENT,
        "work",
        lambda p: titled(f"{p['name']} withdrew", p),
        lambda p: f"{p['name']} withdrew the proposal they sent you for {about(p)}.",
        JOB_OF_CLIENT,
    ),
    "invitation-declined": NoticeKind(
        CLIENT,
        "work",
        lambda p: titled(f"{p['name']} declined your invitation", p),
        lambda p: f"{p['name']} declined your invitation to {about(p)}. You can invite others.",
        JOB_OF_CLIENT,
    ),
    "not-chosen": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("Somebody else was hired", p),
        lambda p: f"You were not chosen for {about(p)}: the client hired somebody else.",
        PROPOSAL,
    ),
    "job-closed": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("Closed", p),
        lambda p: f"You proposed to {about(p)}, which {_ended_because(p)}.",
        Page("proposal", "See what came back", "proposal"),
    ),
    "job-changed": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled("The client changed a job", p),
        lambda p: f"The client changed {about(p)} after you proposed.{_price_now(p)}",
        Page("job", "See what it says now", "job"),
    ),
    "invited": NoticeKind(
        INVITED,
        "work",
        lambda p: titled("A client invites you", p),
        lambda p: f"A client invites you to propose to {about(p)}. Your letter costs nothing.",
        Page("job", "See the job", "job"),
    ),
    "flag-decided": NoticeKind(
        "who flagged the job",
        "work",
        lambda p: titled("We decided about your flag", p),
        lambda p: (
            f"You flagged {about(p)}. "
            + (
                "You were right, and we removed it. Thank you."
                if p["upheld"]
                else "We looked at it, and it may stay. Thank you for telling us."
            )
        ),
        Page("find-work", "Find work"),
    ),
    "cloud-joined": NoticeKind(
        "who joined the cloud",
        "work",
        lambda p: f"You are in a talent cloud: {p['name']}",
        lambda p: (
            f"{p['client']} put you into their talent cloud “{p['name']}”. You see its jobs, and your"
            " letters to them cost nothing."
        ),
        Page("find-work", "Find work"),
    ),
    "cloud-left": NoticeKind(
        "who left the cloud",
        "work",
        lambda p: f"You are no longer in a talent cloud: {p['name']}",
        lambda p: (
            f"{p['client']} took you out of their talent cloud “{p['name']}”. The letters that you sent"
            " still stand."
        ),
        Page("find-work", "Find work"),
    ),
    "post-expired": NoticeKind(
        CLIENT,
        "posts",
        lambda p: titled("Your job has ended", p),
        lambda p: (
            f"Your job {about(p)} was open as long as a job can be, and has ended. You can post it again."
        ),
        JOB_OF_CLIENT,
    ),
    "search-found": NoticeKind(
        "who saved the search",
        "searches",
        lambda p: titled(f"{_new_jobs(p['count'])} “{p['name']}”", p),
        lambda p: (
            f"{_new_jobs(p['count'])} your search “{p['name']}”. The latest is {about(p)}. You can stop"
            " these alerts on the page."
        ),
        Page("saved-search", "See them", "search"),
    ),
    "post-waiting": NoticeKind(
        CLIENT,
        "posts",
        lambda p: titled(f"{_proposals(p['proposals'])} wait for you", p),
        lambda p: (
            f"Your job {about(p)} has {_proposals(p['proposals'])} waiting for you. Hire somebody or"
            f" close it, so that they know.{_goes_back(p)}{_closing(p)}"
        ),
        JOB_OF_CLIENT,
    ),
    "post-closed-for-silence": NoticeKind(
        CLIENT,
        "posts",
        lambda p: titled("We closed your job", p),
        lambda p: (
            f"We closed your job {about(p)} for you, because nothing happened. You can reopen it."
        ),
        JOB_OF_CLIENT,
    ),
    "post-removed": NoticeKind(
        CLIENT,
        "posts",
        lambda p: titled("We removed your job", p),
        lambda p: (
            f"We removed your job {about(p)}, because it broke our rules:"
            f" {p['reason'] or 'see the rules'}. Everyone who proposed gets their Connects back. Change"
            " what broke the rules, and you can post it again."
        ),
        JOB_OF_CLIENT,
    ),
}


_ENDED_BECAUSE = {
    "removed_for_terms": "was removed, because it broke our rules",
    "client_suspended": "has ended, because its client may no longer post here",
    "never_closed": "has ended, because its client did nothing about it",
}


def _ended_because(parameters: Parameters) -> str:
    return _ENDED_BECAUSE.get(str(parameters.get("cause")), "is closed now: nobody was hired")


def _client(parameters: Parameters) -> str:
    return str(parameters.get("client") or "The client")


def _new_jobs(count: object) -> str:
    return "A new job fits" if count == 1 else f"{count} new jobs fit"


def _proposals(count: object) -> str:
    return f"{count} proposal{'' if count == 1 else 's'}"
